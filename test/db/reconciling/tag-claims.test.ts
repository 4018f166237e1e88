import { expect, test } from 'vitest';
import { performanceAttribution } from '../../../db/reconciling/performance-attribution.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';

/** A base plan for all, one for new customers and one for old ones; `register`: what the customer register says. */
function workspace(register: string | null): WriteDb {
  const db = openTestDb();
  const plan = (name: string, percent: string, tag: string | null): bigint =>
    insert(db, 'policy', { plan_name: name, method: 'perRow', rate: yuan(percent) / 100n, new_customer_tag: tag });
  plan('基础', '5', null);
  plan('新客激励', '3', 'Y');
  plan('老客激励', '1', 'N');
  insert(db, 'customer', { customer_id: 'c1', new_customer_tag: register });
  return db;
}
const state = (db: WriteDb, id: string, tag: string | null, more: Values = {}): bigint =>
  insert(db, 'performance', {
    cycle,
    customer_id: 'c1',
    performance_id: id,
    trade_id: `t-${id}`,
    product_type: '云硬盘',
    traded_at: '2025-09-10 10:00:00',
    new_customer_tag: tag,
    amount: yuan('1000'),
    ...more,
  });
const pay = (db: WriteDb, id: string, plan: string, amount: string, tag: string | null = null): bigint =>
  insert(db, 'incentive', {
    cycle,
    customer_id: 'c1',
    performance_id: id,
    incentive_row_id: `${id}-${plan}`,
    plan_name: plan,
    new_customer_tag: tag,
    base_amount: yuan('1000'),
    amount: yuan(amount),
  });

function run(db: WriteDb): readonly (readonly string[])[] {
  const context = runContext(db, cycle);
  const incentive = performanceIncentive.run(context);
  closed(incentive);
  const found = [...performanceAttribution.run(context).findings, ...incentive.findings];
  return found.map((f) => [f.code, f.businessKey.join('|'), String((f.stated - f.expected) / yuan('1'))]);
}
const newCustomer = ['performance.new-customer', 'c1|t-p1', '0'] as const;

test.each([null, 'N'])(
  'a plan for new customers paid for an old one, whose row is tagged %s: the customer’s tag is the one fault',
  (tag) => {
    const db = workspace('N');
    const row = state(db, 'p1', tag);
    pay(db, 'p1', '基础', '50');
    const paid = pay(db, 'p1', '新客激励', '30');
    expect(run(db)).toEqual([newCustomer]);
    const outcome = runTold(performanceAttribution, runContext(db, cycle));
    const [found] = outcome.findings;
    expect([found?.severity, found?.left, found?.right]).toEqual([undefined, [row], [paid]]);
    expect(found?.reason.zh).toBe('业绩 1,000.00 按“新客激励”发了激励，该计划只给新客标签为 Y 的客户，按你的表 2025-09-10 应为N。');
    expect(outcome.checks.at(-1)).toMatchObject({ code: 'performance.new-customer' });
    expect(outcome.checks.at(-1)?.compared).toBeGreaterThan(0);
  },
);

test('the amount that such a plan pays is still checked at its rate', () => {
  const db = workspace('N');
  state(db, 'p1', null);
  pay(db, 'p1', '基础', '50');
  pay(db, 'p1', '新客激励', '29');
  expect(run(db)).toEqual([newCustomer, ['incentive.rate', 'p1-新客激励', '-1']]);
});

test('and the reverse: a plan for old customers paid for a new one; both plans paid: one of them is wrong', () => {
  const db = workspace('Y');
  state(db, 'p1', null);
  pay(db, 'p1', '基础', '50');
  pay(db, 'p1', '老客激励', '10');
  expect(run(db)).toEqual([newCustomer]);
  pay(db, 'p1', '新客激励', '30');
  expect(run(db)).toEqual([newCustomer]);
});

test('a plan that is right where the performance’s own tag is wrong adds nothing to that one finding', () => {
  const db = workspace('Y');
  state(db, 'p1', 'N');
  pay(db, 'p1', '基础', '50', 'N');
  pay(db, 'p1', '新客激励', '30', 'N');
  expect(run(db)).toEqual([newCustomer]);
});

test('of an order with several rows, what is paid for one as a new customer’s claims nothing of another', () => {
  const db = workspace('Y');
  const order = (id: string, tag: string, amount: string): bigint => state(db, id, tag, { trade_id: 't', amount: yuan(amount) });
  const paid = (plan: string, base: string, amount: string): bigint =>
    insert(db, 'incentive', {
      cycle,
      customer_id: 'c1',
      trade_id: 't',
      product_type: '云硬盘',
      incentive_row_id: `${plan}-${base}`,
      plan_name: plan,
      base_amount: yuan(base),
      amount: yuan(amount),
    });
  order('p1', 'Y', '1000');
  order('p2', 'N', '500');
  paid('基础', '1000', '50');
  paid('基础', '500', '25');
  paid('新客激励', '1000', '30');
  const old = paid('老客激励', '500', '5');
  const found = ['performance.new-customer', 'c1|t', '0'];
  expect(run(db)).toEqual([found]);
  // Paid as a new customer's too: by the register it is one, and only its own tag is wrong.
  db.prepare('DELETE FROM incentive WHERE id = ?').run(old);
  paid('新客激励', '500', '15');
  expect(run(db)).toEqual([found]);
  db.prepare("DELETE FROM incentive WHERE plan_name = '新客激励'").run();
  paid('新客激励', '1500', '45');
  expect(run(db)).toEqual([found]);
});

test('an incentive row’s own tag is compared with the register as well', () => {
  const db = workspace('Y');
  state(db, 'p1', null);
  pay(db, 'p1', '基础', '50');
  pay(db, 'p1', '新客激励', '30', 'N');
  expect(run(db)).toEqual([newCustomer]);
  const [found] = runTold(performanceAttribution, runContext(db, cycle)).findings;
  expect(found?.reason.zh).toBe('业绩 1,000.00 的激励行新客标签为 N，按你的表 2025-09-10 应为Y。');
  db.prepare(`UPDATE incentive SET new_customer_tag = 'Y' WHERE new_customer_tag IS NOT NULL`).run();
  expect(run(db)).toEqual([]);
});

test('the register on the day of the trade counts; a customer that it does not know leaves the rate open', () => {
  const db = workspace(null);
  insert(db, 'customer', { customer_id: 'c2', new_customer_tag: 'Y', valid_to: '2025-09-09' });
  insert(db, 'customer', { customer_id: 'c2', new_customer_tag: 'N', valid_from: '2025-09-10' });
  state(db, 'p1', null);
  pay(db, 'p1', '基础', '50');
  pay(db, 'p1', '新客激励', '30');
  expect(run(db)).toEqual([['incentive.no-rate', 'p1-新客激励', '30']]);
  db.prepare(`UPDATE performance SET customer_id = 'c2', customer_key = 'c2'`).run();
  db.prepare(`UPDATE incentive SET customer_id = 'c2', customer_key = 'c2'`).run();
  expect(run(db)).toEqual([['performance.new-customer', 'c2|t-p1', '0']]);
  db.prepare(`UPDATE performance SET traded_at = '2025-09-09 10:00:00'`).run();
  db.prepare(`DELETE FROM policy WHERE plan_name = '老客激励'`).run();
  expect(run(db)).toEqual([]);
});
