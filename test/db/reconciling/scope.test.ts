import { describe, expect, test } from 'vitest';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import type { WriteDb } from '../../../db/open.ts';
import { billTotalLines } from '../../../db/reconciling/bill-total-lines.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { consumptionSummary } from '../../../db/reconciling/consumption-summary.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import { performanceSummary } from '../../../db/reconciling/performance-summary.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { Scope, ScopeKind } from '../../../electron/core/scope.ts';
import { partOnly } from '../../../electron/core/wording/scope.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const bill = (db: WriteDb, trade: string | null, amount: string, more: Values = {}): bigint =>
  insert(db, 'partner-bill', {
    cycle,
    customer_id: 'c1',
    trade_id: trade,
    product_type: 'ECS',
    customer_amount: yuan(amount),
    settlement_amount: yuan(amount),
    ...more,
  });
const consume = (db: WriteDb, trade: string | null, amount: string, more: Values = {}): bigint =>
  insert(db, 'consumption', {
    cycle,
    customer_id: 'c1',
    association_type: 'resale',
    trade_id: trade,
    product_type: 'ECS',
    amount_due: yuan(amount),
    cash_amount: yuan(amount),
    ...more,
  });
function mark(db: WriteDb, kind: ScopeKind, scope: Partial<Scope>): void {
  const importId = db
    .prepare<[string], string>('SELECT i.import_id FROM sheet s JOIN import i ON i.id = s.import WHERE s.kind = ?')
    .pluck()
    .get(kind)!;
  addScopeMark(db, { importId, kind, managers: [], customers: [], ...scope, by: '', at: '2025-10-08 09:00:00' });
}
function run(db: WriteDb, reconciler: Reconciler) {
  const parts: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const { bridge, findings } = reconciler.run({ ...runContext(db, cycle), sink });
  closed({ bridge, findings });
  const placed = parts.filter((p) => !p.beside).flatMap((p) => p.evidence.flatMap((e) => [...idsOf(db, e, 1000)]));
  const rows = [...placed, ...findings.flatMap((f) => [...f.left, ...f.right])];
  expect(new Set(placed).size).toBe(placed.length);
  const step = (name: string) => (bridge as Bridge).steps.find((s) => s.step === name);
  return { findings, step, rows: new Set(rows), brief: findings.map((f) => [f.code, f.tradeId ?? f.productType, f.bridge?.amount]) };
}

describe('bill lines outside what the consumption was exported for', () => {
  test('stand in their own step, others stay findings', () => {
    const db = openTestDb();
    const rows = [
      bill(db, 'A', '10.00', { account_manager: '甲' }),
      bill(db, 'B', '5.00', { account_manager: '甲', customer_id: 'c2' }),
      bill(db, 'C', '7.00', { account_manager: '乙', customer_id: 'c3' }),
      bill(db, 'D', '3.00', { customer_id: 'c4' }),
      consume(db, 'A', '10.00'),
    ];
    mark(db, 'consumption', { managers: ['甲'] });
    const { brief, step, rows: seen } = run(db, billConsumption);
    expect(step('scope')).toMatchObject({ amount: yuan('-7.00'), rows: 1 });
    expect(brief).toEqual([
      ['bill.line-without-consumption', 'B', yuan('-5.00')],
      ['bill.line-without-consumption', 'D', yuan('-3.00')],
    ]);
    expect(seen).toEqual(new Set(rows));
  });

  test('of one group stand there alone: the rest of it is judged as it is', () => {
    const db = openTestDb();
    bill(db, null, '6.00', { account_manager: '乙', traded_at: '2025-09-02 08:00:00' });
    bill(db, null, '4.00', { account_manager: '甲', traded_at: '2025-09-20 08:00:00' });
    consume(db, null, '4.00');
    consume(db, 'Z', '1.00', { customer_id: 'c2' });
    mark(db, 'consumption', { managers: ['甲'] });
    const { brief, step } = run(db, billConsumption);
    expect(step('scope')).toMatchObject({ amount: yuan('-6.00'), rows: 1 });
    expect(step('agreed')).toMatchObject({ rows: 2 });
    expect(brief.map(([code, trade]) => [code, trade])).toEqual([['bill.consumption-without-line', 'Z']]);
  });

  test('explain no group that both statements have unless exactly', () => {
    const db = openTestDb();
    bill(db, 'A', '6.00', { account_manager: '乙' });
    bill(db, 'A', '4.00', { account_manager: '甲' });
    consume(db, 'A', '3.00');
    mark(db, 'consumption', { managers: ['甲'] });
    const { brief, step } = run(db, billConsumption);
    expect(step('scope')).toMatchObject({ amount: 0n, rows: 0 });
    expect(brief).toEqual([['bill.amount', 'A', yuan('-7.00')]]);
  });

  test('that contradict themselves still say so', () => {
    const db = openTestDb();
    bill(db, 'B', '5.00', { account_manager: '乙', settlement_rate: yuan('0.5'), settlement_amount: yuan('3.00') });
    consume(db, 'A', '1.00', { customer_id: 'c9' });
    bill(db, 'A', '1.00', { customer_id: 'c9' });
    mark(db, 'consumption', { customers: ['c9'] });
    const { brief, step } = run(db, billConsumption);
    expect(step('scope')).toMatchObject({ rows: 1 });
    expect(brief.map(([code]) => code)).toEqual(['bill.settlement']);
  });
});

test('consumption outside what the bill was exported for', () => {
  const db = openTestDb();
  bill(db, 'A', '10.00');
  consume(db, 'A', '10.00');
  consume(db, 'B', '2.00', { customer_id: 'c2' });
  mark(db, 'partner-bill', { customers: ['c1'] });
  const { brief, step } = run(db, billConsumption);
  expect([brief, step('scope')]).toMatchObject([[], { amount: yuan('2.00'), rows: 1 }]);
});

test.each(['consumption', 'performance'] as const)('%s marked: what the other side alone has of other customers is no finding', (kind) => {
  const db = openTestDb();
  const perform = (trade: string, amount: string, customer: string): bigint =>
    insert(db, 'performance', { cycle, customer_id: customer, trade_id: trade, product_type: 'ECS', amount: yuan(amount) });
  consume(db, 'A', '10.00');
  perform('A', '10.00', 'c1');
  if (kind === 'consumption') perform('B', '4.00', 'c2');
  else consume(db, 'B', '4.00', { customer_id: 'c2' });
  expect(run(db, consumptionPerformance).findings).toHaveLength(1);
  expect(run(db, consumptionPerformance).step('scope')).toBeUndefined();
  mark(db, kind, { customers: ['c1'] });
  const { brief, step } = run(db, consumptionPerformance);
  expect([brief, step('scope')]).toMatchObject([[], { amount: yuan(kind === 'consumption' ? '4.00' : '-4.00'), rows: 1 }]);
});

test.each([
  [billTotalLines, 'bill-summary', 'partner-bill', 'amount_due'],
  [performanceSummary, 'performance-summary', 'performance', 'amount'],
  [performanceIncentive, 'incentive', 'performance', 'amount'],
] as const)(
  'a pair of whole months is not compared, and says that it is for the mark, not for a missing file',
  (reconciler, other, kind, amount) => {
    const db = openTestDb();
    insert(db, other, { cycle });
    insert(db, kind, { cycle, customer_id: 'c1', [amount]: yuan('1.00') });
    mark(db, kind, { customers: ['c1'] });
    const { bridge, checks } = runTold(reconciler, runContext(db, cycle));
    const because = partOnly(kind, cycle);
    expect(bridge).toEqual({ pair: reconciler.name, missing: [kind], because });
    expect(checks[0]).toMatchObject({ compared: 0, skipped: because });
  },
);

describe('the consumption summary', () => {
  const state = (db: WriteDb, customer: string, amount: string): bigint =>
    insert(db, 'consumption-summary', { cycle, customer_id: customer, product_type: 'ECS', amount_due: yuan(amount) });
  const sub = (db: WriteDb, to: string | null = null): bigint =>
    insert(db, 'sub-account', { sub_customer_id: 'sub', customer_id: 'c1', valid_from: '2025-01-01', valid_to: to });

  test('books sub-accounts to their main customer, as the table says', () => {
    const db = openTestDb();
    state(db, 'c1', '30.00');
    consume(db, 'A', '20.00');
    consume(db, 'B', '10.00', { customer_id: 'sub' });
    const { findings } = run(db, consumptionSummary);
    expect(findings.map((f) => f.candidates.map((c) => c.code))).toEqual([['sub-account'], ['sub-account', 'partial-export']]);
    expect(findings[0]!.candidates[0]!.zh).toContain('sub');
    sub(db);
    const { brief, step } = run(db, consumptionSummary);
    expect([brief, step('sub-account')]).toMatchObject([[], { amount: 0n, rows: 3 }]);
  });

  test('that differs from the whole family is one finding of exactly the rest', () => {
    const db = openTestDb();
    state(db, 'c1', '31.00');
    consume(db, 'A', '20.00');
    consume(db, 'B', '10.00', { customer_id: 'sub' });
    sub(db);
    expect(run(db, consumptionSummary).brief).toEqual([['consumption.summary', 'ECS', yuan('-1.00')]]);
  });

  test('may lack a sub-account in the month that it was unbound, and in no other', () => {
    for (const [to, amount] of [
      ['2025-09-12', yuan('10.00')],
      ['2025-10-12', undefined],
      ['2025-08-12', undefined],
    ] as const) {
      const db = openTestDb();
      state(db, 'c1', '20.00');
      consume(db, 'A', '20.00');
      consume(db, 'B', '10.00', { customer_id: 'sub' });
      sub(db, to);
      const { findings, step } = run(db, consumptionSummary);
      expect([to, findings.length, step('sub-account')!.amount]).toEqual([to, amount === undefined ? 1 : 0, amount ?? 0n]);
    }
  });

  describe('of a customer who changed its manager in the month', () => {
    const hold = (db: WriteDb, name: string, from: string, to: string | null): bigint =>
      insert(db, 'manager-history', { customer_id: 'c1', account_manager: name, valid_from: from, valid_to: to });
    const on = (day: string): Values => ({ traded_at: `2025-09-${day} 08:00:00` });
    function changed(stated: string): WriteDb {
      const db = openTestDb();
      hold(db, '甲', '2025-01-01', '2025-09-14');
      hold(db, '乙', '2025-09-15', null);
      state(db, 'c1', stated);
      consume(db, 'A', '20.00', on('03'));
      consume(db, 'B', '7.00', on('15'));
      consume(db, 'C', '10.00', on('20'));
      return db;
    }

    test('is held against the details of its days, where it covers one manager only', () => {
      for (const stated of ['20.00', '27.00']) {
        const db = changed(stated);
        mark(db, 'consumption-summary', { managers: ['甲'] });
        const { brief, step, rows } = run(db, consumptionSummary);
        expect([brief, step('scope')]).toMatchObject([[], { amount: yuan('37.00') - yuan(stated) }]);
        expect(rows.size).toBe(4);
      }
      const db = changed('26.00');
      mark(db, 'consumption-summary', { managers: ['甲'] });
      const { brief, step, findings } = run(db, consumptionSummary);
      expect([brief, step('scope')]).toMatchObject([[['consumption.summary', 'ECS', yuan('1.00')]], { amount: yuan('10.00'), rows: 1 }]);
      expect(findings[0]).toMatchObject({ expected: yuan('27.00'), stated: yuan('26.00') });
      expect(findings[0]!.right).toHaveLength(2);
    });

    test('also where both cover the same manager, and the details have nothing else', () => {
      const db = changed('19.00');
      db.prepare("DELETE FROM consumption WHERE trade_id IN ('B', 'C')").run();
      mark(db, 'consumption-summary', { managers: ['甲'] });
      mark(db, 'consumption', { managers: ['甲'] });
      expect(run(db, consumptionSummary).brief).toEqual([['consumption.summary', 'ECS', yuan('1.00')]]);
    });

    test('cannot be compared with details of one manager only: said once, and it adds nothing', () => {
      const db = changed('37.00');
      db.prepare("DELETE FROM consumption WHERE trade_id IN ('B', 'C')").run();
      mark(db, 'consumption', { managers: ['甲'] });
      const { findings, step } = run(db, consumptionSummary);
      expect(findings).toMatchObject([{ severity: 'info', customerId: 'c1', expected: yuan('20.00'), stated: yuan('37.00') }]);
      expect(findings[0]!.bridge!.amount).toBe(0n);
      expect(step('scope')).toMatchObject({ amount: yuan('-17.00') });
    });
  });

  test('has customers that the details were not exported for', () => {
    const db = openTestDb();
    state(db, 'c1', '20.00');
    state(db, 'c2', '5.00');
    consume(db, 'A', '20.00');
    mark(db, 'consumption', { customers: ['c1'] });
    const { brief, step } = run(db, consumptionSummary);
    expect([brief, step('scope')]).toMatchObject([[], { amount: yuan('-5.00'), rows: 1 }]);
  });
});
