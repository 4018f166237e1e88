import { expect, test } from 'vitest';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

/** What decides the rate of a performance row: the customer's tag of the day, the product's policy of the month. */
const M = '2025-09';
const state = (db: WriteDb, id: string, amount: string, more: Values = {}, cycle = M) =>
  insert(db, 'performance', { cycle, customer_id: 'c1', product_type: '云主机', traded_at: `${cycle}-10 08:00:00`, performance_id: id, trade_id: `t-${id}`, amount: yuan(amount), ...more }); // prettier-ignore
const pay = (db: WriteDb, row: string, plan: string, amount: string, more: Values) =>
  insert(db, 'incentive', { cycle: M, incentive_row_id: row, incentive_bill_id: 'b1', plan_name: plan, amount: yuan(amount), ...more });
const brief = (db: WriteDb, settings: Partial<Settings> = {}) =>
  runTold(performanceIncentive, runContext(db, M, settings)).findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]);

test('the tag of the register holds from its first to its last day; of two the one that began last; the row’s own goes first', () => {
  const db = openTestDb();
  for (const [tag, percent] of [
    ['Y', 8n],
    ['N', 2n],
  ] as const)
    insert(db, 'policy', { plan_name: 'A', method: 'perRow', new_customer_tag: tag, rate: percent * 1_000_000n });
  const tagged = (tag: string, from: string, to: string | null) =>
    insert(db, 'customer', { customer_id: 'c1', new_customer_tag: tag, valid_from: from, valid_to: to });
  tagged('Y', '2025-09-05', '2025-09-10');
  tagged('N', '2025-09-09', '2025-09-09');
  const days: Record<string, string | null> = { '04': null, '05': '8', '08': '8', '09': '2', '10': '8', '11': null };
  for (const [day, due] of Object.entries(days)) {
    state(db, `p${day}`, '100', { traded_at: `2025-09-${day} 08:00:00` });
    if (due) pay(db, `r${day}`, 'A', due, { customer_id: 'c1', performance_id: `p${day}`, trade_id: `t-p${day}` });
  }
  state(db, 'own', '100', { traded_at: '2025-09-05 08:00:00', new_customer_tag: 'N' });
  pay(db, 'own', 'A', '2', { customer_id: 'c1', performance_id: 'own', trade_id: 't-own' });
  expect(brief(db)).toEqual([
    ['incentive.no-rate', 'p04|', 0n, 0n],
    ['incentive.no-rate', 'p11|', 0n, 0n],
  ]);
});

test('performance without rebate (policy 13) is in no base and in no indicator, of no month of the period', () => {
  const db = openTestDb();
  insert(db, 'product-policy', { product_type: '专属云', policy: 13n, monthly_settled: 0n });
  for (const [threshold, percent] of [
    ['0', 1n],
    ['1000', 2n],
  ] as const)
    insert(db, 'policy', { plan_name: 'T', method: 'tier', threshold: yuan(threshold), rate: percent * 1_000_000n });
  for (const [n, cycle] of ['2025-07', '2025-08', M].entries()) {
    state(db, `c${n}`, '300', {}, cycle);
    state(db, `d${n}`, '700', { product_type: '专属云' }, cycle);
  }
  pay(db, 'q', 'T', '9', { base_amount: yuan('900'), rate: yuan('0.01') });
  expect(brief(db, { indicatorPeriodByPlan: { T: 'quarter' } })).toEqual([]);
});
