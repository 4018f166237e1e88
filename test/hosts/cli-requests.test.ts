import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../electron/hosts/cli.ts';
import { openApp } from '../handlers/opened-app.ts';
import { run, type Answers } from './cli-terminal.ts';

const standing = {
  requestId: 'SF1',
  stage: 'sent',
  stageName: { zh: '已寄出', en: 'Sent' },
  decidedBy: 'entries',
  since: '2025-10-08',
  ageDays: 3,
  currency: 'CNY',
  amount: '1060.00000000',
  invoiced: '1060.00000000',
  received: '0.00000000',
  outstanding: '1060.00000000',
  overdue: false,
  notes: [],
};
const entry = {
  id: 7,
  kind: 'payment',
  on: '2025-11-01',
  amount: '160.00000000',
  complete: true,
  note: '银行',
  typedAt: '2025-11-02 09:00:00',
};
const progress = { ...standing, entries: [entry], removed: [] };
const answers: Answers = Object.fromEntries(
  ['requests.progress', 'requests.enter', 'requests.correct', 'requests.strike'].map((method) => [method, () => ({ progress })]),
);
const basis = {
  requestId: 'SF1',
  bills: [{ id: 'JL1', name: '激励', amount: '10000.00000000' }],
  productTaxRate: '6%',
  taxRate: '3%',
  amount: '9716.97000000',
  incentive: '10000.00000000',
  expected: '9716.98000000',
  difference: '-0.01000000',
};
const enter = async (...argv: string[]): Promise<unknown> => {
  const { calls, code, err } = await run(['request', ...argv], { answers });
  return code === 0 ? calls.at(-1) : { code, err, calls: calls.length };
};

describe('request', () => {
  it.each([
    [{}, '激励账单 10,000.00 ÷ (1 + 6%) × (1 + 3%) = 9,716.98，申付金额相差 -0.01'],
    [{ difference: '0.00000000' }, '= 9,716.98，与申付金额相符'],
    [{ bills: [{ id: 'JL7', name: '' }], incentive: undefined }, '激励账单没有导入：JL7'],
    [{ expected: undefined }, '税率或产品税率没有写'],
    [{ bills: [] }, '没有写激励账单'],
  ])('show tells what the incentive bills come to: %j', async (change, told) => {
    const { out } = await run(['request', 'show', 'SF1'], {
      answers: { ...answers, 'requests.basis': () => ({ basis: { ...basis, ...change } }) },
    });
    expect(out).toContain(told);
  });

  it.each<[string, string[], object]>([
    ['mail', ['mail', 'SF1', '--courier', '顺丰', '--tracking', 'SF1', '--on', '2025-10-08'], { kind: 'mailed', on: '2025-10-08', courier: '顺丰', tracking: 'SF1' }],
    ['send', ['send', 'SF1', '--on', '2025-10-08', '--note', 'x'], { kind: 'sent', on: '2025-10-08', note: 'x' }],
    ['receive', ['receive', 'SF1', '--on', '2025-10-10'], { kind: 'received', on: '2025-10-10' }],
    ['review passed', ['review', 'SF1', '--passed', '--on', '2025-10-12'], { kind: 'passed', on: '2025-10-12' }],
    ['review rejected', ['review', 'SF1', '--rejected', '税号有误', '--on', '2025-10-12'], { kind: 'rejected', on: '2025-10-12', note: '税号有误' }],
    ['review corrected', ['review', 'SF1', '--corrected', '重开', '--on', '2025-10-13'], { kind: 'corrected', on: '2025-10-13', note: '重开' }],
    ['pay', ['pay', 'SF1', '--amount', '-5.00', '--on', '2025-11-01', '--complete'], { kind: 'payment', on: '2025-11-01', amount: '-5.00', complete: true }],
    ['withdraw', ['withdraw', 'SF1', '--amount', '5', '--on', '2025-11-03'], { kind: 'withdrawal', on: '2025-11-03', amount: '5' }],
    ['recall', ['recall', 'SF1', '--on', '2025-11-03'], { kind: 'recalled', on: '2025-11-03' }],
  ])('%s enters what was typed', async (_, argv, fields) => {
    expect(await enter(...argv)).toEqual(['requests.enter', { requestId: 'SF1', ...fields }]);
  }); // prettier-ignore

  it.each([
    [['mail', 'SF1']],
    [['mail', '--on', '2025-10-08']],
    [['mail', 'SF1', 'SF2', '--on', '2025-10-08']],
    [['receive', 'SF1', '--on', '2025-10-08', '--tracking', 'x']],
    [['review', 'SF1', '--on', '2025-10-08']],
    [['review', 'SF1', '--on', '2025-10-08', '--passed', '--rejected', 'x']],
    [['pay', 'SF1', '--on', '2025-10-08']],
    [['strike', 'seven']],
    [['list', '2025-9']],
    [['throw', 'SF1']],
    [[]],
  ])('%j is refused before anything is called', async (argv) => {
    expect(await enter(...argv)).toMatchObject({ code: 2, calls: 0 });
  });

  it('correct keeps what is not given, strike tells why', async () => {
    expect(await enter('correct', 'SF1', '7', '--amount', '1060', '--reason', '少写')).toEqual([
      'requests.correct',
      { id: 7, kind: 'payment', on: '2025-11-01', amount: '1060', complete: true, note: '银行', reason: '少写' },
    ]);
    expect(await enter('correct', 'SF1', '8', '--amount', '1060')).toMatchObject({ code: 2 });
    expect(await enter('strike', '7', '--reason', '录错')).toEqual(['requests.strike', { id: 7, reason: '录错' }]);
  });

  it('prints one document, keys that do not apply absent, or lines in the language asked for', async () => {
    const shows: Answers = { ...answers, 'requests.basis': () => ({ basis }) };
    const { out } = await run(['request', 'show', 'SF1', '--json'], { answers: shows });
    const { stageName: _, notes: __, ...shown } = standing;
    const { requestId: ___, amount: ____, ...told } = basis;
    expect(JSON.parse(out)).toEqual({ request: { ...shown, entries: [entry], basis: told } });
    expect((await run(['request', 'show', 'SF1'], { answers: shows })).out).toContain('已寄出  自 2025-10-08（3 天）');
    expect((await run(['request', 'show', 'SF1', '--lang', 'en'], { answers: shows })).out).toContain('Sent  since 2025-10-08 (3 days)');
  });
});

it('a request goes from mailing to money on the real app', async () => {
  const { workspace, call } = openApp();
  await call('requests.save', { requestId: 'SF1', billingCycle: '2025-09', amount: '1060.00' });
  const hezhang = async (...argv: string[]): Promise<{ code: number; document: Record<string, never>; text: string }> => {
    let text = '';
    const stdout = { write: (part: string) => void (text += part) };
    const code = await runCli(['--workspace', path.resolve(workspace), ...argv], {
      stdout,
      stderr: { write: () => undefined },
      isTTY: false,
    });
    return { code, text, document: text.startsWith('{') ? (JSON.parse(text) as Record<string, never>) : {} };
  };
  const typed = await hezhang('request', 'type', 'SF1', '--bills', 'JL1');
  expect(typed).toMatchObject({ code: 0, text: expect.stringContaining('激励账单没有导入：JL1') as string });
  expect((await hezhang('request', 'type', 'SF1', '--status', '乱写')).code).toBe(2);
  await hezhang('request', 'mail', 'SF1', '--courier', '顺丰', '--tracking', 'SF1', '--on', '2025-10-08');
  const received = await hezhang('request', 'receive', 'SF1', '--on', '2025-10-10', '--json');
  expect(received).toMatchObject({ code: 0, document: { request: { stage: 'underReview', promise: '2025-10-25', tracking: 'SF1' } } });
  await hezhang('request', 'pay', 'SF1', '--amount', '1060', '--on', '2025-10-30');
  const board = await hezhang('request', 'board', '--json');
  expect(board.document).toMatchObject({ requests: [{ requestId: 'SF1', stage: 'paid', since: '2025-10-30', findings: [] }] });
  expect((await hezhang('request', 'board')).text).toContain('已到账');
  expect((await hezhang('request', 'list', '2025-09', '--json')).document).toMatchObject({
    requests: [{ requestId: 'SF1', invoices: [] }],
  });
  expect((await hezhang('request', 'list', '2025-08')).text).toContain('没有申付单');
  expect((await hezhang('request', 'show', 'SF9', '--json')).document).toMatchObject({ error: { code: 'request.unknown' } });
  expect(await hezhang('request', 'mail', 'SF1', '--on', '2999-01-01', '--json')).toMatchObject({
    code: 2,
    document: { error: { code: 'entry.date' } },
  });
});
