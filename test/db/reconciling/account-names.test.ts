import { describe, expect, test } from 'vitest';
import { stampStatement } from '../../../db/statement-stamp.ts';
import { resolveCustomerKeys } from '../../../db/customer-keys.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { performanceAttribution } from '../../../db/reconciling/performance-attribution.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const traded_at = '2025-09-10 08:00:00';

/** Statements that name customers by account only; the customer table knows whose account it is. */
function workspace(): WriteDb {
  const db = openTestDb();
  insert(db, 'customer', { customer_id: 'c1', account_name: 'acme', new_customer_tag: 'Y' });
  insert(db, 'manager-history', { customer_id: 'c1', account_manager: '王经理' });
  insert(db, 'policy', { plan_name: 'A', method: 'perRow', rate: yuan('0.05'), new_customer_tag: 'Y' });
  const row = { cycle, account_name: 'acme', product_type: '云主机', traded_at };
  insert(db, 'consumption', { ...row, trade_id: 't1', amount_due: yuan('100'), cash_amount: yuan('100') });
  insert(db, 'performance', { ...row, trade_id: 't1', performance_id: 'p1', amount: yuan('90'), account_manager: '李经理' });
  insert(db, 'performance', { ...row, trade_id: 't2', performance_id: 'p2', amount: yuan('40') });
  insert(db, 'incentive', { ...row, trade_id: 't1', performance_id: 'p1', plan_name: 'A', incentive_row_id: 'r1', amount: yuan('4') });
  resolveCustomerKeys(db);
  return db;
}

describe('statements without customer ids', () => {
  test('findings carry the id that other files know', () => {
    const context = runContext(workspace(), cycle);
    const findings = [consumptionPerformance.run(context), performanceIncentive.run(context)].flatMap((o) => o.findings);
    expect(findings.map((f) => [f.code, f.customerId, f.accountName, f.tradeId])).toEqual([
      ['performance.too-low', 'c1', 'acme', 't1'],
      ['performance.without-consumption', 'c1', 'acme', 't2'],
      ['incentive.rate', 'c1', 'acme', 't1'],
      ['incentive.missing', 'c1', 'acme', 't2'],
    ]);
    expect(findings[0]?.businessKey).toEqual(['c1', 't1']);
  });

  test('the user’s tables are asked by that id', () => {
    const { findings } = runTold(performanceAttribution, runContext(workspace(), cycle));
    expect(findings.map((f) => [f.code, f.customerId, f.tradeId])).toEqual([
      ['performance.manager', 'c1', 't2'],
      ['performance.manager', 'c1', 't1'],
    ]);
  });

  test('an account that no file knows stays a name', () => {
    const db = workspace();
    db.exec('DELETE FROM customer');
    stampStatement(db, 'customer', '');
    resolveCustomerKeys(db);
    const [finding] = runTold(consumptionPerformance, runContext(db, cycle)).findings;
    expect(finding).toMatchObject({
      code: 'performance.too-low',
      customerId: undefined,
      accountName: 'acme',
      businessKey: ['@acme', 't1'],
    });
  });
});
