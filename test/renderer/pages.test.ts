import { describe, expect, test } from 'vitest';
import { kinds, type Kind } from '../../electron/core/kinds.ts';
import { nextIndex } from '../../renderer/components/grid-keys.ts';
import { inFull, parts, shown } from '../../renderer/components/amounts.ts';
import { addressOf, evidenceFields, linesOf, type EvidenceTable } from '../../renderer/pages/findings/evidence-pairs.ts';
import { problemsOf, today } from '../../renderer/pages/invoices/invoice-fields.ts';
import { chosenFor, examplesOf, suggestedColumns, withColumn } from '../../renderer/pages/import/column-choices.ts';
import { nextStep } from '../../renderer/pages/month/next-step.ts';
import { readRoute, readTypedCycle, writeRoute } from '../../renderer/routes.ts';
import { bridgeSteps } from '../../electron/core/bridge.ts';
import { pairName, stepName, type Language } from '../../renderer/texts/names.ts';
import { en } from '../../renderer/texts/en.ts';
import { zh } from '../../renderer/texts/zh.ts';
import { reconcilers } from '../../db/reconciling/list.ts';

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
    ['only the tables that hold for every month', ['policy', 'customer', 'manager-history'], 'no', 0, { do: 'first-files' }],
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
  const table = (kind: EvidenceTable['kind'], columns: Record<string, string>, ...rows: string[][]): EvidenceTable => ({
    kind,
    file: 'f.csv',
    sheet: 'f.csv',
    header: Object.values(columns),
    fields: Object.keys(columns),
    columns: Object.keys(columns).map((_, i) => i + 1),
    rows: rows.map((cells, i) => ({ row: i + 2, cells })),
  });
  const between = (left: EvidenceTable[], right: EvidenceTable[], finding = { expected: '0.00000000', stated: '0.00000000' }) =>
    evidenceFields(
      linesOf({
        sides: [
          { side: 'left', tables: left },
          { side: 'right', tables: right },
        ],
      }),
      finding,
      'zh',
    );
  test('columns of one meaning stand in one line whatever they are called; amounts are compared as amounts', () => {
    const bill = table(
      'partner-bill',
      { customerId: '客户ID', customerAmount: '客户消费金额(元)', amountDue: '应还金额(元)', spec: '规格' },
      ['a', '75.5', '60', ''],
    );
    const consumption = table('consumption', { amountDue: '应付金额', customerId: '客户ID' }, ['75.50', 'b']);
    expect(between([bill], [consumption])).toEqual([
      { key: 'customerId', header: '客户ID', cells: ['a', 'b'], columns: [0, 1], differs: true, amount: false },
      { key: 'consumed', header: '客户消费金额(元) / 应付金额', cells: ['75.5', '75.50'], columns: [1, 0], differs: false, amount: true },
      { key: 'payable', header: '应还金额(元)', cells: ['60', undefined], columns: [2, undefined], differs: false, amount: true },
    ]);
  });
  test('a cell is named as a spreadsheet names it', () => {
    const columns = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, `列${i}`]));
    const [line] = linesOf({ sides: [{ side: 'left', tables: [table('consumption', columns, [])] }] });
    expect([0, 25, 26, 29].map((column) => addressOf(line!, column))).toEqual(['A2', 'Z2', 'AA2', 'AD2']);
  });
  test('the amounts that the finding compares are marked where they stand', () => {
    const consumption = table('consumption', { amountDue: '应付金额', cashAmount: '现金支付' }, ['100', '1,493.26']);
    const performance = table('performance', { amount: '业绩金额' }, ['1,453.22']);
    const marked = between([consumption], [performance], { expected: '1493.26000000', stated: '1453.22000000' }).filter((f) => f.differs);
    expect(marked.map((f) => f.header)).toEqual(['现金支付', '业绩金额']);
  });
  test('several rows are compared by their sums, and by whether any text is on both sides; a side without rows contradicts nothing', () => {
    const columns = { tradeId: '订单号', amountDue: '应付金额' };
    const parts = table('consumption', columns, ['x', '10.00'], ['x', '20.00']);
    const whole = table('consumption-summary', columns, ['x', '30']);
    expect(between([whole], [parts]).filter((f) => f.differs)).toEqual([]);
    expect(between([whole], []).filter((f) => f.differs)).toEqual([]);
    const twice = table('consumption-summary', columns, ['x', '30'], ['x', '30']);
    expect(between([twice], [parts]).map((f) => [f.header, f.differs])).toEqual([
      ['应付金额', true],
      ['订单号', false],
    ]);
  });
  test('stored tokens are shown in the portal’s words, in their own columns only', () => {
    const row = table('consumption', { billingMode: '计费模式', billType: '账单类型', accountName: '客户账号名' }, [
      'payPerUse',
      '5',
      'refund',
    ]);
    expect(between([row], []).map((f) => f.cells[0])).toEqual(['按需', '消费-使用', 'refund']);
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
});

describe('columns mapped by hand', () => {
  const column = (header: string, more: object = {}) => ({ header, ...more });
  const columns = [
    column('账期', { field: 'billingCycle' }),
    column('应付费用', { suggestions: [{ field: 'amountDue', by: 'header' as const }] }),
    column('费用', { suggestions: [{ field: 'amountDue', by: 'header' as const }, { field: 'cashAmount', by: 'values' as const }] }), // prettier-ignore
    column('备注'),
    column('备注', { label: '备注#2' }),
  ];
  test('all suggestions: each field once, and none where something was said', () => {
    expect(suggestedColumns(columns, {})).toEqual({ 应付费用: 'amountDue', 费用: 'cashAmount' });
    expect(suggestedColumns(columns, { 费用: null })).toEqual({ 应付费用: 'amountDue' });
    expect(suggestedColumns(columns, { '备注#2': 'amountDue' })).toEqual({ 费用: 'cashAmount' });
  });
  test('a field belongs to one column; nothing said leaves the column as it is recognised', () => {
    expect(withColumn({ 应付费用: 'amountDue' }, '费用', 'amountDue')).toEqual({ 费用: 'amountDue' });
    expect(withColumn({ 应付费用: null }, '费用', null)).toEqual({ 应付费用: null, 费用: null });
    expect(withColumn({ 费用: 'amountDue' }, '费用', undefined)).toEqual({});
    expect(columns.map((c) => chosenFor(c, { 费用: 'billingCycle', '备注#2': null }))).toEqual([
      undefined,
      undefined,
      'billingCycle',
      undefined,
      '',
    ]);
  });
  test('examples are values that differ', () => {
    expect(examplesOf([['a'], [''], [' a '], ['b'], ['c']], 0)).toBe('a、b');
  });
});

test('every stage of a reconciliation has a name, in both languages', () => {
  const stages = [...reconcilers.map(({ name }) => name), 'save'];
  const named = (language: Language) => stages.map((stage) => ({ zh, en })[language].jobs.stages[stage] ?? pairName(stage, language));
  expect(named('en').filter((name) => name.includes('-'))).toEqual([]);
  expect(named('zh').join('')).not.toMatch(/[a-z]/);
});
