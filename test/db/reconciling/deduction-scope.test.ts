import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { consumptionSummary } from '../../../db/reconciling/consumption-summary.ts';
import type { WriteDb } from '../../../db/open.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { bill, billsBeside, consume, deduct, M, run } from './account-builder.ts';
import { runTold } from './run-told.ts';

/** The consumption was exported for this manager only; it has an order of c9, whose bill line and entry agree. */
function onlyOf(db: WriteDb, manager: string): void {
  const own = { customer_id: 'c9', account_manager: manager };
  consume(db, 't9', '10', own);
  bill(db, 't9', '10', own);
  deduct(db, 'f9', 't9', '7.5');
}
function mark(db: WriteDb, manager: string, kind: 'consumption' | 'partner-bill' = 'consumption', cycle = M): void {
  const importId = db
    .prepare<[string, string], string>(
      'SELECT i.import_id FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import WHERE s.kind = ? AND c.cycle = ?',
    )
    .pluck()
    .get(kind, cycle)!;
  addScopeMark(db, { importId, kind, managers: [manager], customers: [], by: '', at: '2025-10-08 09:00:00' });
}

test('an order over two months of a customer that the consumption was not exported for: outside, unless the bills of the months beside are there', () => {
  const db = openTestDb();
  onlyOf(db, '甲');
  bill(db, 't1', '60', { account_manager: '乙' });
  deduct(db, 'f1', 't1', '75');
  const wrong = ['account.deduction-amount', 'f1', yuan('45'), yuan('75')];
  expect(run(db).brief).toEqual([wrong]);
  mark(db, '甲');
  const { brief, step, checks } = run(db);
  expect([brief, step('scope'), step('no-consumption')]).toEqual([[], yuan('30'), undefined]);
  expect(checks.find((c) => c.code === 'account.deduction-amount')?.skipped).toBeUndefined();
  billsBeside(db);
  expect(run(db).brief).toEqual([wrong]);
});

test('an entry that names an order which only the whole consumption would know; one without a number is to be looked at', () => {
  const db = openTestDb();
  onlyOf(db, '甲');
  mark(db, '甲');
  deduct(db, 'f1', 'child', '12');
  deduct(db, 'f2', null, '3');
  const { brief, findings, step } = run(db);
  expect([brief, findings[0]?.severity]).toEqual([[['account.deduction-without-bill', 'f2', 0n, yuan('3')]], 'review']);
  expect(step('scope')).toBe(yuan('12'));
});

test('one order number on two customers, each deducted to whole cents: sound without any consumption of them', () => {
  const db = openTestDb();
  onlyOf(db, '甲');
  mark(db, '甲');
  bill(db, 't1', '1287.66'); // due 965.745
  bill(db, 't1', '388.14', { customer_id: 'c2' }); // due 291.105
  deduct(db, 'f1', 't1', '965.75');
  deduct(db, 'f2', 't1', '291.11');
  expect([run(db).brief, run(db).step('basis')]).toEqual([[], yuan('0.01')]);
});

const next = '2025-10';
const c1 = { customer_id: 'c1', account_name: 'acme' };
/** Two months of 甲's customer c9; 乙 has c1, which stands outside of what was exported for 甲. */
function twoMonths(): WriteDb {
  const db = openTestDb();
  for (const [month, n] of [
    [M, '8'],
    [next, '9'],
  ] as const) {
    const own = { customer_id: 'c9', account_name: 'nine', account_manager: '甲' };
    consume(db, `t${n}`, '10', { ...own, traded_at: `${month}-10 08:00:00` }, month);
    bill(db, `t${n}`, '10', own, month);
    deduct(db, `f${n}`, `t${n}`, '7.5', { customer_id: 'c9' }, month);
  }
  held(db, '乙', '2025-01-01', null);
  return db;
}
const refund = { bill_class: 'refund', original_trade_id: 't1' };
const markBoth = (db: WriteDb, month: string): void => {
  mark(db, '甲', 'consumption', month);
  mark(db, '甲', 'partner-bill', month);
};

test.each(['t1', 'r1'])('a refund (as %s) outside one month’s exports that comes back over two months: outside in both', (number) => {
  for (const marked of [[M], [next], [M, next]]) {
    const db = twoMonths();
    if (!marked.includes(M)) {
      consume(db, 't1', '100');
      bill(db, 't1', '100');
    }
    deduct(db, 'f1', 't1', '75', c1);
    deduct(db, 'b1', number, '-30', c1);
    deduct(db, 'b2', number, '-30', c1, next);
    for (const month of marked) markBoth(db, month);
    const months = [run(db), run(db, next)];
    expect(months.map(({ brief }) => brief)).toEqual([[], []]);
    expect(months.map(({ step }) => step('scope'))).toEqual([yuan(marked.includes(M) ? '45' : '-30'), yuan('-30')]);
  }
});

test('an order outside last month’s exports: taken again, or given back beyond what was taken, it is told', () => {
  for (const [amount, told] of [
    ['-75', []],
    ['75', ['75']],
    ['-75.01', ['-75.01']],
  ] as const) {
    const db = twoMonths();
    deduct(db, 'f1', 't1', '75', c1);
    deduct(db, 'f2', 't1', amount, c1, next);
    markBoth(db, M);
    expect([amount, run(db).brief]).toEqual([amount, []]);
    expect(run(db, next).brief).toEqual(told.map((stated) => ['account.deduction-without-bill', 'f2', 0n, yuan(stated)]));
  }
});

test('consumed, but outside what the bill was exported for: only the bill’s rate tells less, and what is more is told', () => {
  for (const [paid, back, told] of [
    ['75', ['-30', '-30'], [[], []]],
    ['100.02', ['-30', '-30'], [[['account.deduction-amount', 'f1', yuan('100'), yuan('100.02')]], []]],
    ['75', ['-30', '-50.02'], [[], [['account.deduction-amount', 'b2', yuan('-50'), yuan('-50.02')]]]],
  ] as const) {
    const db = twoMonths();
    consume(db, 't1', '100', { traded_at: `${M}-10 08:00:00` });
    consume(db, 'r1', '-80', { ...refund, traded_at: `${M}-20 08:00:00` });
    deduct(db, 'f1', 't1', paid, c1);
    deduct(db, 'b1', 'r1', back[0], c1);
    deduct(db, 'b2', 'r1', back[1], c1, next);
    for (const month of [M, next]) mark(db, '甲', 'partner-bill', month);
    expect([run(db).brief, run(db, next).brief]).toEqual(told);
  }
});

test.each(['t1', 'r1'])('the same (the refund as %s) where the next month’s bill has the customer’s rate: to the cent', (number) => {
  for (const [amount, told] of [
    ['-30', []],
    ['-29', [['account.deduction-amount', 'b2', yuan('-30'), yuan('-29')]]],
  ] as const) {
    const db = twoMonths();
    const own = { account_manager: '乙' };
    consume(db, 't2', '20', own, next);
    bill(db, 't2', '20', own, next);
    deduct(db, 'f2', 't2', '15', c1, next);
    consume(db, 't1', '100', { traded_at: `${M}-10 08:00:00` });
    consume(db, 'r1', '-80', { ...refund, traded_at: `${M}-20 08:00:00` });
    deduct(db, 'f1', 't1', '75', c1);
    deduct(db, 'b1', number, '-30', c1);
    deduct(db, 'b2', number, amount, c1, next);
    mark(db, '甲', 'partner-bill');
    expect([run(db).brief, run(db, next).brief]).toEqual([[], told]);
  }
});

const held = (db: WriteDb, manager: string, from: string, to: string | null): bigint =>
  insert(db, 'manager-history', { customer_id: 'c1', account_manager: manager, valid_from: from, valid_to: to });
const perform = (db: WriteDb, manager: string, day: string, amount: string): bigint => {
  const order = { cycle: M, customer_id: 'c1', trade_id: 't1', product_type: 'ECS', account_manager: manager };
  return insert(db, 'performance', { ...order, formed_at: `${M}-${day} 12:00:00`, amount: yuan(amount) });
};
const judged = (db: WriteDb) => {
  const { findings, bridge } = runTold(consumptionPerformance, runContext(db, M));
  const scope = bridge && 'steps' in bridge ? bridge.steps.find((s) => s.step === 'scope')?.amount : undefined;
  return [findings.map((f) => f.code), scope ?? 0n];
};

test('an order with rows on days of two managers: the consumption has all of it or nothing, as its own rows tell', () => {
  for (const exported of ['甲', '乙']) {
    const db = openTestDb();
    held(db, '甲', '2025-01-01', `${M}-14`);
    held(db, '乙', `${M}-15`, null);
    const own: Values = { account_manager: '甲', product_type: 'ECS' };
    if (exported === '甲')
      for (const [day, amount] of [['06', '30'], ['20', '50']] as const) consume(db, 't1', amount, { ...own, traded_at: `${M}-${day} 08:00:00` }); // prettier-ignore
    else
      consume(db, 't9', '1', { customer_id: 'c9', product_type: 'ECS', account_manager: '乙', coupon_amount: yuan('1'), cash_amount: 0n });
    perform(db, '甲', '07', '30');
    perform(db, '乙', '21', '50');
    mark(db, exported);
    expect(judged(db)).toEqual([[], exported === '甲' ? 0n : yuan('80')]);
  }
});

test('performance formed on the first day of a manager, of an order of the last day of the one before', () => {
  const db = openTestDb();
  held(db, '甲', '2025-01-01', `${M}-14`);
  held(db, '乙', `${M}-15`, null);
  consume(db, 't9', '1', { customer_id: 'c9', product_type: 'ECS', account_manager: '乙', coupon_amount: yuan('1'), cash_amount: 0n });
  perform(db, '甲', '16', '30');
  mark(db, '乙');
  expect(judged(db)).toEqual([[], yuan('30')]);
});

test('a customer whom the table leaves without a manager for some days: the statements tell who had it then', () => {
  const db = openTestDb();
  held(db, '甲', '2025-01-01', `${M}-10`);
  held(db, '甲', `${M}-20`, null);
  consume(db, 't1', '30', { account_manager: '甲', product_type: 'ECS', traded_at: `${M}-05 08:00:00` });
  perform(db, '乙', '15', '50');
  insert(db, 'consumption-summary', {
    cycle: M,
    customer_id: 'c1',
    account_name: 'acme',
    product_type: 'ECS',
    bill_class: 'consumption',
    amount_due: yuan('80'),
  });
  mark(db, '甲');
  expect(runTold(consumptionSummary, runContext(db, M)).findings.map((f) => [f.severity, f.bridge?.amount])).toEqual([['info', 0n]]);
});
