import { expect, test } from 'vitest';
import { insert, openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, M, run } from './account-builder.ts';

test('a sum of some of a customer’s orders of the day is found where a further one, with or without a number, is not paid', () => {
  for (const further of ['t3', null]) {
    const db = openTestDb();
    for (const [trade, amount] of [['t1', '40'], ['t2', '80'], [further, '164']] as const) bill(db, trade, amount); // prettier-ignore
    deduct(db, 'f1', null, '90');
    const { brief, step } = run(db);
    expect([brief, step('not-deducted'), step('basis')]).toEqual([[], yuan('-123'), 0n]);
    deduct(db, 'f2', null, '30');
    expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f2', 0n, yuan('30')]]);
  }
});

test('where two sums fit none is taken: to be looked at, unless so many entries of the amount are there', () => {
  const db = openTestDb();
  for (const [trade, amount] of [['t1', '40'], ['t2', '80']] as const) bill(db, trade, amount); // prettier-ignore
  bill(db, 't3', '120', { customer_id: 'c2' });
  deduct(db, 'f1', null, '90');
  const { brief, findings, step } = run(db);
  expect(brief).toEqual([['account.deduction-without-bill', 'f1', 0n, yuan('90')]]);
  expect([findings[0]?.severity, findings[0]?.candidates.map((c) => c.code), step('not-deducted')]).toEqual(['review', ['several-sums'], yuan('-180')]); // prettier-ignore
  deduct(db, 'f2', null, '90');
  expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], 0n]);
});

test('two sets of one customer’s orders that come to the amount: neither is taken', () => {
  const db = openTestDb();
  for (const [trade, amount] of [['t1', '40'], ['t2', '80'], ['t3', '120']] as const) bill(db, trade, amount); // prettier-ignore
  deduct(db, 'f1', null, '90');
  expect(run(db).findings.map((f) => [f.code, f.severity])).toEqual([['account.deduction-without-bill', 'review']]);
});

test('some of a customer’s orders of the day, each to whole cents', () => {
  const db = openTestDb();
  for (const trade of ['t1', 't2', 't3']) bill(db, trade, trade === 't3' ? '500' : '111.13'); // due 83.3475 each
  deduct(db, 'f1', null, '166.7');
  const { brief, step } = run(db);
  expect([brief, step('basis'), step('not-deducted')]).toEqual([[], yuan('0.005'), yuan('-375')]);
});

test('a day’s sum of orders that each lose their fraction of a cent', () => {
  const db = openTestDb();
  for (const trade of ['t1', 't2', 't3']) bill(db, trade, '40.0088'); // due 30.0066 each
  deduct(db, 'f1', null, '90');
  const { brief, step } = run(db);
  expect([brief, step('basis'), step('not-deducted')]).toEqual([[], yuan('-0.0198'), 0n]);
});

test('what a day deducts and what it gives back in a sum each, of however many orders', () => {
  const db = openTestDb();
  for (let i = 0; i < 14; i++) bill(db, `t${i}`, '4');
  bill(db, 'RE', '-8', { bill_class: 'refund' });
  consume(db, 'RE', '-8', { bill_class: 'refund' });
  deduct(db, 'f1', null, '42');
  deduct(db, 'f2', null, '-6');
  const { brief, step } = run(db);
  expect([brief, step('agreed'), step('not-deducted')]).toEqual([[], 0n, 0n]);
  db.exec("DELETE FROM account_statement WHERE flow_id = 'f2'");
  expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], yuan('6')]);
});

test('a sum of the first day pays what the month before has of that day too: its last hours are charged then', () => {
  const db = openTestDb();
  const first = { traded_at: '2025-09-01 00:10:00' };
  for (const [trade, amount] of [['e1', '20'], ['e2', '12']] as const) bill(db, trade, amount, first, '2025-08'); // prettier-ignore
  bill(db, 't1', '40', first);
  deduct(db, 'f1', null, '54', { traded_at: '2025-09-01 02:00:00' });
  const { brief, step } = run(db);
  expect([brief, step('other-month'), step('not-deducted')]).toEqual([[], yuan('24'), 0n]);
  // What the ledger has under its own number is in no sum.
  deduct(db, 'f2', 'e2', '9', first);
  expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f1', 0n, yuan('54')]]);
  db.prepare("UPDATE account_statement SET change_amount = ? WHERE flow_id = 'f1'").run(-yuan('15'));
  expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], yuan('-30')]);
});

test('an order that its own entry pays is in the sum of its day once more: that order alone is deducted twice', () => {
  const world = (own: readonly (readonly [string, string])[], sum: string) => {
    const db = openTestDb();
    for (const [trade, amount] of [['t1', '40'], ['t2', '40'], ['t3', '120.02'], ['t4', '200']] as const) bill(db, trade, amount); // prettier-ignore
    bill(db, 'x1', '44', { customer_id: 'c2' });
    deduct(db, 'x', 'x1', '33');
    for (const [trade, amount] of own) deduct(db, `own ${trade}`, trade, amount, { traded_at: '2025-09-12 08:00:00' });
    deduct(db, 'sum', null, sum);
    return run(db);
  };
  const t2 = ['account.deducted-twice', 'own t2', yuan('30'), yuan('60')];
  const { brief, findings, step } = world([['t2', '30']], '300.02'); // due 300.015
  expect([brief, step('basis'), step('not-deducted')]).toEqual([[t2], yuan('0.005'), 0n]);
  expect([findings[0]?.tradeId, findings[0]?.severity, findings[0]?.bridge?.amount]).toEqual(['t2', undefined, yuan('30')]);
  expect(findings[0]?.right.length).toBe(2);
  // One of two.
  const one = world([['t2', '30'], ['t4', '150']], '150.02'); // prettier-ignore
  expect([one.brief, one.step('not-deducted')]).toEqual([[t2], 0n]);
  // Both.
  const both = world([['t2', '30'], ['t4', '150']], '300.02').brief; // prettier-ignore
  expect(both).toEqual([t2, ['account.deducted-twice', 'own t4', yuan('150'), yuan('300')]]);
  // What was not taken again, the same amount of two, another amount, and what was wrong by itself.
  expect(world([['t2', '30']], '270.02').brief).toEqual([]);
  const whole = (sum: string) => ['account.deduction-without-bill', 'sum', 0n, yuan(sum)];
  expect(world([['t1', '30'], ['t2', '30']], '270.02').brief).toEqual([whole('270.02')]); // prettier-ignore
  expect(world([['t2', '30']], '300.04').brief).toEqual([whole('300.04')]);
  expect(world([['t2', '29']], '300.02').brief).toEqual([['account.deduction-amount', 'own t2', yuan('30'), yuan('29')], whole('300.02')]);
});

test('a day’s sum beside a combined order that is deducted by itself, or a refund that came back under its order’s number', () => {
  const db = openTestDb();
  for (let i = 0; i < 30; i++) bill(db, `t${i}`, '4');
  for (const [child, amount] of [['k1', '40'], ['k2', '80']] as const) bill(db, child, amount, { original_trade_id: 'P' }); // prettier-ignore
  bill(db, 'A', '80');
  const back = { bill_class: 'refund', original_trade_id: 'A' };
  bill(db, 'RE', '-40', back);
  consume(db, 'RE', '-40', back);
  deduct(db, 'fP', 'P', '90');
  deduct(db, 'fA', 'A', '60');
  deduct(db, 'fR', 'A', '-30');
  deduct(db, 'f1', null, '90');
  const { brief, step } = run(db);
  expect([brief, step('not-deducted')]).toEqual([[], 0n]);
});

test('a day’s sum beside a combined order of which one child is deducted twice: that child alone is told', () => {
  const db = openTestDb();
  for (const child of ['k1', 'k2']) consume(db, child, '400', { original_trade_id: 'P' });
  bill(db, 'P', '800');
  bill(db, 't1', '400.04');
  bill(db, 't2', '400', { customer_id: 'c2' });
  for (const [flow, trade, amount] of [['f1', 'k1', '300'], ['f2', 'k1', '300'], ['f3', 'k2', '300'], ['f4', null, '600.03']] as const) deduct(db, flow, trade, amount); // prettier-ignore
  expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', yuan('300'), yuan('600')]]);
});

test('a day’s sum of two customers beside one who lives from allocations: what that one consumes is in no sum', () => {
  const db = openTestDb();
  for (const [trade, customer] of [['t1', 'c1'], ['t2', 'c2'], ['t9', 'c9']] as const) bill(db, trade, '80', { customer_id: customer }); // prettier-ignore
  insert(db, 'account-statement', {
    cycle: M,
    account: 'recharge',
    trade_type: 'allocation',
    customer_id: 'c9',
    traded_at: `${M}-02 08:00:00`,
    change_amount: -yuan('80'),
  });
  deduct(db, 'f1', null, '120');
  const { brief, step } = run(db);
  expect([brief, step('not-deducted')]).toEqual([[], yuan('-60')]);
});
