import { expect, it } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

const differs = [{ importId: 'i0', path: '/下载/旧.csv', at: '2025-10-05 09:00:00', rows: 12 }];
const file = (status: string, change: object = {}) => ({ path: 'a.csv', sha256: 'f00', status, sheets: [], notes: [], ...change });
const commit = (one: object): Answers => ({ 'imports.commit': () => ({ files: [one] }) });

it.each([
  ['needs-mapping', 'column.missing', '--map'],
  ['needs-mapping', 'cycle.missing', '--cycle YYYY-MM'],
  ['needs-mapping', 'sheet.empty', '--empty'],
  ['refused', 'sheet.empty', undefined],
  ['refused', 'month.closed', 'hezhang reopen'],
])('says of a file that is not imported (%s: %s) which option helps', async (status, reasonCode, option) => {
  const refused = file(status, { reasonCode, reasonText: { zh: '原因', en: 'the reason' } });
  const { out } = await run(['import', 'a.csv'], { answers: commit(refused) });
  expect(out).toContain('原因\n');
  expect(/--\S+|hezhang/.test(out)).toBe(option !== undefined);
  expect(out).toContain(option ?? '');
});

it('says how hidden sheets are read, unless they were', async () => {
  const answers = commit(file('imported', { hiddenSheets: ['乙'] }));
  expect((await run(['import', 'a.csv'], { answers })).out).toContain('--hidden');
  expect((await run(['import', 'a.csv', '--hidden'], { answers })).out).not.toContain('--hidden');
});

it('passes on what a file cannot say: whether it replaces an earlier one, whether its month was empty, whether hidden sheets count', async () => {
  const { calls, code } = await run(['import', 'a.csv', '--as', 'replacement', '--empty', '--hidden'], {
    answers: commit(file('imported')),
  });
  expect(calls[0]?.[1]).toMatchObject({ answers: { as: 'replacement', empty: true, hidden: true } });
  expect(code).toBe(0);
  const refused = await run(['import', 'a.csv', '--as', 'newer'], { answers: commit(file('imported')) });
  expect([refused.code, refused.calls]).toEqual([2, []]);
});

it('asks about a file that differs from an earlier one, with the way to answer, and not again when it is answered', async () => {
  const asked = commit(file('imported', { differs }));
  const unanswered = await run(['import', 'a.csv'], { answers: asked });
  expect(unanswered.out).toMatch(/“\/下载\/旧\.csv”有 12 行同号不同值.*撤销这次导入.*--as replacement/);
  const english = await run(['--lang', 'en', 'import', 'a.csv'], { answers: asked });
  expect(english.out).toMatch(/12 rows differ .*undo this import and import it with --as replacement/);
  expect((await run(['import', 'a.csv', '--as', 'part'], { answers: asked })).out).not.toContain('同号不同值');
  const json = await run(['--json', 'import', 'a.csv'], { answers: asked });
  expect(JSON.parse(json.out)).toMatchObject({ files: [{ differs }] });
});

it('asks about a file that has the rows of another in another look', async () => {
  const side = { rows: 12, total: '30.00000000' };
  const reason = { zh: '除「客户ID」外相同', en: 'alike but for "客户ID"' };
  const same = { amount: '30.00000000', here: side, there: side, differences: [], reason };
  const asked = (status: string, sameDrop?: boolean): Answers => ({
    ...commit(file(status, { differs: differs.map((d) => ({ ...d, same })) })),
    'imports.preview': () => ({ files: [file('previewed', { differs: differs.map((d) => ({ ...d, same, sameDrop })) })] }),
  });
  const done = await run(['import', 'a.csv'], { answers: asked('imported') });
  expect(done.out).toMatch(
    /与 2025-10-05 09:00:00 导入的“\/下载\/旧\.csv”看起来是同一份的两种写法：除「客户ID」外相同。这些行只计了一次.*--as part/,
  );
  const before = await run(['--lang', 'en', 'import', 'a.csv', '--dry-run'], { answers: asked('previewed', true) });
  expect(before.out).toMatch(/"\/下载\/旧\.csv" of this very run once more: alike but for "客户ID"\. Import one of the two only/);
});

it('tells of two files of one run that contradict each other, before anything is imported', async () => {
  const together = {
    'imports.preview': () => ({ files: [file('previewed', { differs: differs.map((d) => ({ ...d, sameDrop: true })) })] }),
  };
  const told = await run(['import', 'a.csv', '--dry-run'], { answers: together });
  expect(told.out).toMatch(/与这一批里的“\/下载\/旧\.csv”有 12 行同号不同值.*--as replacement/);
  expect((await run(['--lang', 'en', 'import', 'a.csv', '--dry-run'], { answers: together })).out).toContain('of this very run');
});
