import { describe, expect, test } from 'vitest';
import { kinds, type Kind } from '../../electron/core/kinds.ts';
import { nextIndex } from '../../renderer/components/grid-keys.ts';
import { inFull, parts, shown } from '../../renderer/components/amounts.ts';
import { differingHeaders, pairFields, tellingColumns, type EvidenceTable } from '../../renderer/pages/findings/evidence-pairs.ts';
import { problemsOf, today } from '../../renderer/pages/invoices/invoice-fields.ts';
import { nextStep } from '../../renderer/pages/month/next-step.ts';
import { readRoute, readTypedCycle, writeRoute } from '../../renderer/routes.ts';
import { bridgeSteps } from '../../electron/core/bridge.ts';
import { inLanguage, stepName, storedWord } from '../../renderer/texts/names.ts';
import { zh } from '../../renderer/texts/zh.ts';

test.each([
  ['2025-9', '2025-09'],
  ['202509', '2025-09'],
  ['２０２５年９月', '2025-09'],
  [' 2025/12 ', '2025-12'],
  ['2025-13', undefined],
  ['25-09', undefined],
])('a typed month: %s', (typed, cycle) => {
  expect(readTypedCycle(typed)).toBe(cycle);
});

test('a route survives its address; nonsense leads home', () => {
  const route = { page: 'findings' as const, cycle: '2025-09', params: { key: 'bill.amount|2025-09|甲|#2' } };
  expect(readRoute(writeRoute(route))).toEqual(route);
  expect(readRoute('#/nowhere?cycle=2025-99')).toEqual({ page: 'month', params: {} });
});

test('amounts lose nothing', () => {
  expect(shown('-1234567.10000000')).toBe('-1,234,567.10');
  expect(inFull('-0.00000001')).toBe('-0.00000001');
  expect(parts('1234.56789000')).toEqual({ yuan: '1,234', cents: '56', beyond: '789' });
});

test('keys of the grid stay inside it', () => {
  const key = (name: string, at: number) => nextIndex({ key: name, altKey: false }, at, 10, 4);
  expect([key('ArrowUp', 0), key('ArrowDown', 9), key('PageDown', 7), key('Home', 5), key('End', 5)]).toEqual([0, 9, 9, 0, 9]);
  expect(key('a', 3)).toBeUndefined();
  expect(nextIndex({ key: 'ArrowDown', altKey: false }, 0, 0, 4)).toBeUndefined();
});

describe('the next step', () => {
  const status = (here: readonly Kind[]) =>
    kinds.map((kind) => ({ kind, state: here.includes(kind) ? ('present' as const) : ('missing' as const), imports: [], rows: 0 }));
  test.each([
    ['no file at all', [], 'no', 0, { do: 'first-files' }],
    ['some files: reconcile what is here', ['consumption'], 'no', 0, { do: 'reconcile', again: false }],
    ['inputs changed', ['consumption'], 'stale', 3, { do: 'reconcile', again: true }],
    ['findings before missing files', ['consumption'], 'yes', 3, { do: 'findings', open: 3 }],
    ['all needed files, nothing open', kinds, 'yes', 0, { do: 'print' }],
  ] as const)('%s', (_, here, reconciled, open, step) => {
    expect(nextStep(status(here), { reconciled }, open)).toEqual(step);
  });
  test('names what is still missing, without the optional kinds', () => {
    const step = nextStep(status(kinds.filter((k) => k !== 'policy' && k !== 'order')), { reconciled: 'yes' }, 0);
    expect(step).toEqual({ do: 'import', kinds: ['policy'] });
  });
});

describe('evidence side by side', () => {
  const table = (header: string[], ...rows: string[][]): EvidenceTable => ({
    kind: 'consumption',
    file: 'f.csv',
    sheet: 'f.csv',
    header,
    rows: rows.map((cells, i) => ({ row: i + 2, cells })),
  });
  test('headers that both have stand first; amounts are compared as amounts', () => {
    const left = table(['客户ID', '应付金额(元)', '结算折扣', '备注'], ['a', '75.5', '75%', '']);
    const right = table(['应付金额（元）', '客户ID'], ['75.50', 'b']);
    expect(pairFields(left, right)).toEqual([
      { header: '客户ID', left: 'a', right: 'b', differs: true },
      { header: '应付金额(元)', left: '75.5', right: '75.50', differs: false },
      { header: '结算折扣', left: '75%', right: undefined, differs: false },
    ]);
  });
  test('a side without rows leaves the other as it is', () => {
    expect(pairFields(undefined, table(['客户ID'], ['a']))).toEqual([{ header: '客户ID', left: undefined, right: 'a', differs: false }]);
  });
  test('groups: what differs first, then amounts; empty columns are left out', () => {
    const left = table(['客户ID', '空', '金额', '账期'], ['a', '', '1', '2025-09'], ['a', '', '2', '2025-09']);
    const right = table(['客户ID', '账期'], ['a', '2025-10']);
    const differing = differingHeaders([left], [right]);
    expect([...differing]).toEqual(['账期']);
    expect(tellingColumns(left, differing)).toEqual([3, 2, 0]);
  });
});

describe('an invoice as one types it', () => {
  const typed = {
    number: '25312000000358032546',
    code: '',
    kind: 'special' as const,
    date: '2025-09-30',
    net: '1000',
    tax: '60',
    rate: '6%',
  };
  const fields = (change: object) => Object.fromEntries(problemsOf({ ...typed, ...change }, 'zh', zh.invoices.checks));
  test('a right one has no problem', () => expect(fields({})).toEqual({}));
  test('each problem stands at its field', () => {
    expect(Object.keys(fields({ number: '2.53E+19' }))).toEqual(['number']);
    expect(Object.keys(fields({ number: '03630024' }))).toEqual(['code']);
    expect(Object.keys(fields({ date: '2025-02-31x' }))).toEqual(['date']);
    expect(Object.keys(fields({ date: '9999-01-01' }))).toEqual(['date']);
    expect(Object.keys(fields({ tax: '61.02' }))).toEqual(['tax']);
    expect(Object.keys(fields({ net: '1.234' }))).toEqual(['net']);
  });
  test('today is a date', () => expect(today()).toMatch(/^\d{4}-\d{2}-\d{2}$/));
});

describe('names', () => {
  test('every step of every bridge has a name in both languages', () => {
    for (const step of Object.values(bridgeSteps).flat()) {
      expect(stepName(step, 'zh')).toMatch(/\p{Script=Han}/u);
      expect(stepName(step, 'en')).not.toMatch(/\p{Script=Han}/u);
    }
  });
  test('a sentence in both languages is shown in one', () => {
    expect(inLanguage('没有重叠的文件 / no files overlap', 'zh')).toBe('没有重叠的文件');
    expect(inLanguage('没有重叠的文件 / no files overlap', 'en')).toBe('no files overlap');
    expect(inLanguage('缺 调账记录 / 汇总', 'en')).toBe('缺 调账记录 / 汇总');
  });
  test('stored identifiers become the portal’s words, in columns of types only', () => {
    expect(storedWord('计费模式', 'payPerUse', 'zh')).toBe('按需');
    expect(storedWord('客户账号名', 'refund', 'zh')).toBe('refund');
    expect(storedWord('计费模式', 'payPerUse', 'en')).toBe('payPerUse');
  });
});
