import { describe, expect, it } from 'vitest';
import { commands } from '../../electron/hosts/cli/commands.ts';
import { run } from './cli-terminal.ts';

/** Every form of every command, and the options that mean something with it. Written by hand from the handbook and the usage texts. */
const forms: readonly (readonly [line: string, options: string])[] = [
  ['import a.csv', 'dry-run strict kind cycle account as empty hidden map problems'],
  ['imports', ''],
  ['imports undo abc', ''],
  ['imports mappings', ''],
  ['imports mappings remove abc', ''],
  ['imports scope abc', 'manager customer kind by preview'],
  ['imports scope undo 1', 'by preview'],
  ['status 2025-09', ''],
  ['reconcile 2025-09', 'fail-on'],
  ['findings 2025-09', 'code severity status carried'],
  ['bridge 2025-09', 'pair step rows'],
  ['match join 2025-09 c|1 c|2', 'reason pair by preview'],
  ['match split 2025-09 c|1', 'reason pair by preview'],
  ['match list', ''],
  ['match list 2025-09', ''],
  ['match undo 1', 'by preview'],
  ['match suggest k', ''],
  ['dispute 2025-09', 'out mark'],
  ['deadlines 2025-09', ''],
  ['deadlines 2025-09 set x 2025-10-09', ''],
  ['deadlines 2025-09 remove x', ''],
  ['repayments 2025-09', ''],
  ['repayments 2025-09 allot a f', ''],
  ['repayments 2025-09 take-back a f', ''],
  ['invoice add a.xml', 'number code kind date net tax rate buyer buyer-tax-number request qr'],
  ['invoice add', 'number code kind date net tax rate buyer buyer-tax-number request qr'],
  ['invoice tie', 'number code request'],
  ['invoice list', ''],
  ['invoice remove', 'number code'],
  ['invoice-list SF1', 'out empty-numbers with-vendor-list'],
  ['request list', ''],
  ['request list 2025-09', ''],
  ['request show SF1', ''],
  ['request board', ''],
  [
    'request type SF1',
    'cycle amount tax-rate product-tax-rate bills buyer buyer-tax-number address recipient phone mailbox payout status applied currency',
  ],
  ['request notice SF1', 'text save only'],
  ['request mail SF1', 'on note courier tracking'],
  ['request send SF1', 'on note'],
  ['request receive SF1', 'on note'],
  ['request review SF1', 'on note passed rejected corrected'],
  ['request pay SF1', 'on note amount complete'],
  ['request withdraw SF1', 'on note amount'],
  ['request recall SF1', 'on note'],
  ['request correct SF1 1', 'on note amount courier tracking complete reason'],
  ['request strike 1', 'reason'],
  ['label SF1', 'out size'],
  ['report 2025-09', 'out'],
  ['close 2025-09', 'prepared-by reviewed-by'],
  ['reopen 2025-09', 'reason'],
  ['settings get', ''],
  ['settings get language', ''],
  ['settings set language en', 'preview'],
  ['backup b.zip', ''],
  ['restore b.zip', ''],
  ['verify', ''],
  ['templates t', ''],
  ['sample s', ''],
  ['serve', 'port'],
];
const flags = new Map<string, 'string' | 'boolean'>(
  commands.flatMap(({ options }) => Object.entries(options).map(([name, { type }]) => [name, type] as const)),
);
const written = (name: string): string[] => (flags.get(name) === 'string' ? [`--${name}`, 'x'] : [`--${name}`]);
const refusal = (name: string): RegExp => new RegExp(`has no option --${name}(?![\\w-])`);

it('the table has every command and no other', () => {
  expect(new Set(forms.map(([line]) => line.split(' ')[0]))).toEqual(new Set(commands.map(({ name }) => name)));
});

describe.each(forms)('%s', (line, meant) => {
  const words = line.split(' ');
  const own = meant.split(' ').filter(Boolean);
  it('refuses every option that means nothing to it, before a workspace is opened', async () => {
    for (const name of [...flags.keys(), 'no-such-option'].filter((option) => !own.includes(option))) {
      const ran = await run([...words, ...written(name), '--json', '--lang', 'en']);
      expect(ran, `${line} --${name}`).toMatchObject({ code: 2, opened: [], calls: [] });
      const { error } = JSON.parse(ran.out) as { error: { code: string; message: string } };
      expect(error.code).toBe('usage');
      expect(error.message).toMatch(refusal(name));
      const zh = await run([...words, ...written(name)]);
      expect(zh.code).toBe(2);
      expect(zh.err).toMatch(new RegExp(`没有选项 --${name}(?![\\w-])`));
    }
  });
  it('takes its own: what it may refuse of them is their value or what is missing beside them', async () => {
    for (const name of own) {
      const { out } = await run([...words, ...written(name), '--json', '--lang', 'en'], { parts: { startLoopback: stopped } });
      expect(out, `${line} --${name}`).not.toMatch(refusal(name));
    }
  });
});

const stopped = (): never => {
  throw new Error('no server in this test');
};

it.each(['kind', 'cycle', 'map'])('--%s given twice is refused: of two values one would be dropped', async (name) => {
  const ran = await run(['import', 'a.csv', `--${name}`, 'x', `--${name}=y`]);
  expect(ran).toMatchObject({ code: 2, opened: [], calls: [], err: expect.stringContaining(`--${name} 写了两次`) });
});

it('imports scope without a file says that the file is missing', async () => {
  const ran = await run(['imports', 'scope', '--manager', 'x']);
  expect(ran).toMatchObject({ code: 2, opened: [], err: expect.stringContaining('哪份文件') });
});
