import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { rowChecks } from '../../../db/reconciling/rows.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const order = { cycle, customer_id: 'c1', product_type: '云主机', traded_at: '2025-09-10 08:00:00' };
const consume = (db: WriteDb, trade: string | null, due: string, cash: string, more: Values = {}) =>
  insert(db, 'consumption', { ...order, trade_id: trade, amount_due: yuan(due), cash_amount: yuan(cash), ...more });
const state = (db: WriteDb, trade: string | null, amount: string) =>
  insert(db, 'performance', { ...order, trade_id: trade, amount: yuan(amount) });

/** What the rows and the pair find; their amounts are what the bridge does not explain. */
function run(db: WriteDb) {
  const pair = runTold(consumptionPerformance, runContext(db, cycle));
  const findings = [...pair.findings, ...runTold(rowChecks, runContext(db, cycle)).findings];
  const { unexplained, steps } = closed({ bridge: pair.bridge, findings });
  const agreed = steps.find((s) => s.step === 'agreed');
  return { brief: findings.map((f) => [f.code, f.tradeId, f.expected, f.stated]), unexplained, agreed };
}

test.each(['95', '105'])('cash misprinted as %s of 100, which the performance has: one finding, of the row', (cash) => {
  const db = openTestDb();
  consume(db, 't1', '100', cash);
  state(db, 't1', '100');
  consume(db, 't2', '20', '20');
  state(db, 't2', '20');
  expect(run(db)).toEqual({
    brief: [['row.payment-parts', 't1', yuan(cash), yuan('100')]],
    unexplained: 0n,
    agreed: { step: 'agreed', amount: 0n, rows: 4 },
  });
});

test('two rows of an order whose rests the performance follows; and paid by a debt that is misprinted as cash, without performance', () => {
  const db = openTestDb();
  consume(db, 't1', '100', '95');
  consume(db, 't1', '30', '33');
  state(db, 't1', '130');
  consume(db, 't2', '40', '40', { debt_amount: yuan('40') });
  expect(run(db)).toMatchObject({
    brief: [
      ['row.payment-parts', 't1', yuan('95'), yuan('100')],
      ['row.payment-parts', 't1', yuan('33'), yuan('30')],
      ['row.payment-parts', 't2', yuan('80'), yuan('40')],
    ],
    unexplained: 0n,
  });
});

test('any other difference is the performance’s own: what the parts say, a part of the rest, none at all, another sign', () => {
  const db = openTestDb();
  for (const trade of ['a', 'b', 'c', 'd']) consume(db, trade, '100', '95');
  const wrong = ['97', undefined, '90'];
  state(db, 'a', '95');
  for (const [i, trade] of ['b', 'c', 'd'].entries()) if (wrong[i]) state(db, trade, wrong[i]);
  const of = (trade: string) => ['row.payment-parts', trade, yuan('95'), yuan('100')];
  expect(run(db).brief).toEqual([
    ['performance.too-high', 'b', yuan('95'), yuan('97')],
    ['performance.missing', 'c', yuan('95'), 0n],
    ['performance.too-low', 'd', yuan('95'), yuan('90')],
    ...['a', 'b', 'c', 'd'].map(of),
  ]);
});

test('without an order number, or of a product that does not count, the rest stays with the row', () => {
  const db = openTestDb();
  insert(db, 'product-policy', { product_type: '专属云', policy: 2n, monthly_settled: 0n });
  consume(db, null, '100', '95');
  state(db, null, '95');
  consume(db, 't1', '100', '95', { product_type: '专属云' });
  state(db, 't1', '5');
  expect(run(db).brief.map(([code, trade]) => [code, trade])).toEqual([
    ['performance.policy', 't1'],
    ['row.payment-parts', undefined],
    ['row.payment-parts', 't1'],
  ]);
});
