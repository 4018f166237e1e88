import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

const problem = {
  row: 17,
  column: '应付金额',
  value: '12,3x',
  code: 'amount.unreadable',
  message: '不是金额',
  text: { zh: '不是金额', en: 'no amount' },
};
const sheet = { name: 'S', kind: 'consumption', billingCycles: ['2025-09'], rows: 2, accepted: 1, problems: [problem], controlTotals: [] };
const file = (status: string, change: object = {}) => ({
  path: 'a.csv',
  sha256: 'f00',
  status,
  importId: 'i1',
  sheets: [sheet],
  notes: [],
  ...change,
});

describe('import with --map and --problems', () => {
  const commit = (...files: object[]): Answers => ({ 'imports.commit': () => ({ files }) });

  it('takes columns mapped by hand from a JSON file, and refuses what is none', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-map-'));
    const map = (content: string): string => {
      const target = path.join(folder, 'map.json');
      fs.writeFileSync(target, content);
      return target;
    };
    const good = { kind: 'consumption', columns: { 客户编号: 'customerId', 备注: null } };
    const { calls } = await run(['import', 'a.csv', '--map', map(`\uFEFF${JSON.stringify(good)}`)], { answers: commit(file('imported')) });
    expect(calls[0]?.[1]).toMatchObject({ answers: { mappings: [good] } });
    for (const [content, why] of [
      ['{', '读不出来'],
      ['{"kind":"bill","columns":{"a":"b"}}', 'partner-bill'],
      ['{"kind":"consumption"}', '至少一列'],
      ['[{"kind":"consumption","columns":{"a":1}}]', '列“a”'],
    ] as const) {
      const refused = await run(['import', 'a.csv', '--map', map(content)], { answers: commit(file('imported')) });
      expect(refused).toMatchObject({ code: 2, calls: [] });
      expect(refused.err).toContain(why);
    }
    fs.rmSync(folder, { recursive: true });
  });

  it('writes a workbook of problems for each file that has any', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-problems-'));
    const made = path.join(folder, 'made.xlsx');
    fs.writeFileSync(made, 'workbook');
    const none = { ...sheet, problems: [] };
    const asked: unknown[] = [];
    const answers: Answers = {
      ...commit(file('imported', { token: 't1' }), file('imported', { sheets: [none] }), file('imported', { token: 't2' })),
      'imports.problems': (input, start) => {
        asked.push(input);
        return { token: start.files.register(made), name: 'made.xlsx', problems: 1 };
      },
    };
    const target = path.join(folder, 'out.xlsx');
    const { out, code } = await run(['import', 'a', '--cycle', '2025-09', '--json', '--problems', target], { answers });
    expect(code).toBe(0);
    expect(JSON.parse(out).problemFiles).toEqual([target, path.join(folder, 'out-2.xlsx')]);
    expect(fs.readFileSync(path.join(folder, 'out-2.xlsx'), 'utf8')).toBe('workbook');
    expect(asked).toEqual(['t1', 't2'].map((token) => ({ token, answers: { cycle: '2025-09' }, language: 'zh' })));
    for (const odd of ['out.csv', '/no/such/folder/out.xlsx'])
      expect(await run(['import', 'a', '--problems', odd], { answers })).toMatchObject({ code: 2, calls: [] });
    fs.rmSync(folder, { recursive: true });
  });
});

describe('imports mappings', () => {
  const one = {
    signature: 'abcdef0123456789',
    version: 2,
    kind: 'consumption',
    header: ['客户编号'],
    columns: { 客户编号: 'customerId', 备注: null },
    at: '2025-10-01 10:00:00',
    applied: true,
  };
  const answers: Answers = { 'mappings.list': () => ({ mappings: [one] }), 'mappings.remove': () => ({ removed: 2 }) };
  it('lists what is remembered, and forgets by what the listing shows', async () => {
    expect(JSON.parse((await run(['imports', 'mappings', '--json'], { answers })).out)).toEqual({ mappings: [one] });
    expect((await run(['imports', 'mappings'], { answers })).out).toContain(
      'abcdef012345  第 2 版  2025-10-01 10:00:00  消费明细  客户编号→customerId 备注→×',
    );
    const { calls, code } = await run(['imports', 'mappings', 'remove', 'abcdef012345'], { answers });
    expect([code, calls.at(-1)]).toEqual([0, ['mappings.remove', { signature: one.signature }]]);
    expect((await run(['imports', 'mappings', 'remove', 'abc'], { answers })).code).toBe(2);
  });
});
