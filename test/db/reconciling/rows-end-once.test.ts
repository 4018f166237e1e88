import { expect, test } from 'vitest';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, M } from './bill-builder.ts';
import { closed } from './closed.ts';

/** The findings, and the steps in which rows end and in which only a part of their amount stands. */
function places(db: WriteDb, reconciler: Reconciler) {
  const heard: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void heard.splice(0), add: (step: string, part: BridgePart) => void heard.push({ ...part, step }) };
  const { bridge, findings } = reconciler.run({ ...runContext(db, M), sink });
  closed({ bridge, findings });
  const of = (beside: boolean) => heard.filter((p) => (p.beside ?? false) === beside).map((p) => [p.step, p.tradeId, p.amount]);
  return { brief: findings.map((f) => [f.code, f.tradeId, f.bridge?.amount]), end: of(false), beside: of(true) };
}

test('what a line has above its consumption at the end of the month before is a finding, in which the line ends', () => {
  const db = openTestDb();
  for (const cycle of ['2025-08', M]) {
    bill(db, 'Z', '1', {}, cycle);
    consume(db, 'Z', '1', {}, cycle);
  }
  const rate = { settlement_rate: 100_000_000n };
  consume(db, 'A', '10', { traded_at: '2025-08-31 23:00:00' }, '2025-08');
  bill(db, 'A', '60', { ...rate, settlement_amount: yuan('60') });
  const { brief, end, beside } = places(db, billConsumption);
  expect(brief).toEqual([['bill.amount', 'A', yuan('-50')]]);
  expect(end).toEqual([['agreed', 'Z', 0n]]);
  expect(beside).toContainEqual(['month-edge', 'A', yuan('-10')]);
});

test('an order that is partly settled next month and partly wrong ends in its finding', () => {
  const db = openTestDb();
  insert(db, 'product-policy', { product_type: 'CDN', policy: 1n, monthly_settled: 1n });
  const names = { cycle: M, customer_id: 'c1', trade_id: 'A' };
  consume(db, 'A', '10', { product_type: 'CDN', cash_amount: yuan('10') });
  consume(db, 'A', '30', { product_type: 'ECS', cash_amount: yuan('30') });
  insert(db, 'performance', { ...names, product_type: 'ECS', amount: yuan('20') });
  const { brief, end, beside } = places(db, consumptionPerformance);
  expect(brief).toEqual([['performance.too-low', 'A', yuan('-10')]]);
  expect(end).toEqual([]);
  expect(beside).toEqual([['too-fresh', 'A', yuan('-10')]]);
});

test.each([
  ['60', ['account.deduction-amount', 'A', yuan('-15')], []],
  ['85', ['account.deduction-amount', 'A', yuan('10')], []],
])('an order of which %s was deducted instead of what is due ends in its finding', (paid, finding, end) => {
  const db = openTestDb();
  insert(db, 'account-statement', {
    cycle: M,
    account: 'recharge',
    flow_id: 'F1',
    trade_id: 'A',
    traded_at: `${M}-10 08:00:00`,
    trade_type: 'deduction',
    change_amount: -yuan(paid),
  });
  bill(db, 'A', '100');
  consume(db, 'A', '100');
  const found = places(db, billAccount);
  expect([found.brief, found.end]).toEqual([[finding], end]);
});

test('of an order that was traded in part after its customer left, the rest is told of by itself', () => {
  const db = openTestDb();
  insert(db, 'association-history', { customer_id: 'c1', association_type: 'resale', valid_from: '2025-01-01', valid_to: '2025-09-15' });
  const late = { traded_at: '2025-09-20 08:00:00' };
  const paid = (trade: string, amount: string, more = {}) => consume(db, trade, amount, { cash_amount: yuan(amount), ...more });
  paid('A', '60');
  paid('A', '40', late);
  insert(db, 'performance', { cycle: M, customer_id: 'c1', trade_id: 'A', product_type: '云主机', amount: yuan('60') });
  consume(db, 'B', '5', { cash_amount: 0n, coupon_amount: yuan('5') });
  paid('B', '30', late);
  const heard: [string, string | null | undefined, unknown, unknown, unknown][] = [];
  const add = (step: string, p: BridgePart) => void (p.beside || heard.push([step, p.tradeId, p.left, p.right, Number(p.leftRows)]));
  closed(consumptionPerformance.run({ ...runContext(db, M), sink: { begin: () => void heard.splice(0), add } }));
  expect(heard).toEqual([
    ['not-associated', 'A', yuan('40'), 0n, 1],
    ['agreed', 'A', yuan('60'), yuan('60'), 1],
    ['not-associated', 'B', yuan('30'), 0n, 1],
    ['without-remainder', 'B', 0n, 0n, 1],
  ]);
});
