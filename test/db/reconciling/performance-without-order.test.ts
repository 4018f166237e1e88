import { describe, expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const customer = { customer_id: 'c1', account_name: 'acme', traded_at: '2025-09-10 08:00:00' };
const cdn = { product_type: 'CDN' };

function consume(db: WriteDb, trade: string | null, due: string, more: Values = {}, cycle = M): bigint {
  const amount = yuan(due);
  const row = { ...customer, trade_id: trade, product_type: '云主机', amount_due: amount, cash_amount: amount };
  return insert(db, 'consumption', { cycle, ...row, ...more });
}
function state(db: WriteDb, trade: string | null, amount: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'performance', { cycle, ...customer, trade_id: trade, product_type: '云主机', amount: yuan(amount), ...more });
}
function run(db: WriteDb) {
  const outcome = runTold(consumptionPerformance, runContext(db, M, { monthlySettledProducts: ['CDN'] }));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  return { ...outcome, step, brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}

test('an order that both sides have never meets rows without an order number: they would hide what it is off by', () => {
  const db = openTestDb();
  consume(db, 'k1', '100');
  state(db, 'k1', '110');
  consume(db, null, '10');
  // An order of one side meets what the other states without a number, by product and then by customer.
  consume(db, 'k2', '7', { customer_id: 'c2' });
  state(db, null, '7', { customer_id: 'c2' });
  consume(db, 'k3', '8', { customer_id: 'c3' });
  state(db, null, '8', { customer_id: 'c3', product_type: '云硬盘' });
  // It never meets another of its own side.
  consume(db, 'k4', '9', { customer_id: 'c4' });
  consume(db, null, '-9', { customer_id: 'c4' });
  const { brief, checks } = run(db);
  expect(Object.fromEntries(brief.map(([code, key, expected, stated]) => [`${String(code)} ${String(key)}`, [expected, stated]]))).toEqual({
    'performance.too-high c1|k1': [yuan('100'), yuan('110')],
    'performance.missing c1|云主机||': [yuan('10'), 0n],
    'performance.missing c4|k4': [yuan('9'), 0n],
    'performance.refund-not-reversed c4|云主机||': [yuan('-9'), 0n],
  });
  expect(checks.find((c) => c.code === 'performance.missing')?.skipped).toBeUndefined();
});

describe('an order that was transferred away', () => {
  test('is in no pool of rows without an order number', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    consume(db, 't2', '6');
    state(db, null, '5');
    insert(db, 'performance-transfer', { cycle: M, trade_id: 't2' });
    const { brief, step } = run(db);
    expect([brief, step('transferred')]).toEqual([[], yuan('-6')]);
  });

  test('whose consumption has no number makes the pool doubtful, not wrong', () => {
    const db = openTestDb();
    consume(db, null, '5');
    consume(db, null, '6');
    state(db, null, '5');
    expect(run(db).findings[0]?.severity).toBeUndefined();
    insert(db, 'performance-transfer', { cycle: M, customer_id: 'c1', trade_id: 't2' });
    const [finding] = run(db).findings;
    expect(finding).toMatchObject({ code: 'performance.too-low', severity: 'review', expected: yuan('11'), stated: yuan('5') });
    expect(finding?.candidates.map((c) => c.code)).toEqual(['transferred']);
  });
});

describe('rows without an order number, under another product name, meet by customer also where part of the consumption', () => {
  const [early, late] = [{ traded_at: '2025-09-05 08:00:00' }, { traded_at: '2025-09-24 10:00:00' }];
  const named = { product_type: '弹性云服务器' };

  test.each(['k1', null])('was traded while the customer was nobody’s (%s)', (trade) => {
    const db = openTestDb();
    insert(db, 'association-history', { customer_id: 'c1', association_type: 'referral', valid_from: '2025-09-15' });
    const before = consume(db, trade, '100', early);
    consume(db, trade === null ? null : 'k2', '50', late);
    const row = state(db, null, '50', { ...named, ...late });
    const { brief, step } = run(db);
    expect([brief, step('not-associated')]).toEqual([[], yuan('-100')]);
    const parts: string[] = [];
    const add = (step: string, part: BridgePart) => void parts.push(`${step} ${part.level} ${part.evidence.flatMap((e) => [...idsOf(db, e, 9)]).join()}`);
    consumptionPerformance.run({ ...runContext(db, M), sink: { begin: () => {}, add } });
    expect(parts).toEqual([`not-associated customer ${before}`, `agreed customer ${before + 1n},${row}`]);
    // What still differs is found as before: nothing of it is hidden.
    db.prepare('UPDATE performance SET amount = amount - 100000000').run();
    const wrong = run(db);
    expect(wrong.brief.map(([code, , expected, stated]) => [code, expected, stated])).toEqual(
      expect.arrayContaining([['performance.missing', yuan('50'), 0n], ['performance.without-consumption', 0n, yuan('49')]]),
    );
  }); // prettier-ignore

  test('is too fresh', () => {
    const db = openTestDb();
    consume(db, 'k1', '100', early);
    consume(db, 'k2', '50', late);
    state(db, null, '100', { ...named, ...early });
    db.prepare("UPDATE import SET exported_at = '2025-09-24 12:00:00' WHERE name LIKE 'performance%'").run();
    const { brief, step } = run(db);
    expect([brief, step('too-fresh')]).toEqual([[], yuan('-50')]);
  });
});

describe('monthly-settled products where one side has no order number', () => {
  test('what the month before left meets this month’s performance by customer and product', () => {
    const db = openTestDb();
    const left = [consume(db, 'p1', '11', cdn, '2025-08'), consume(db, 'p2', '12', cdn, '2025-08')];
    consume(db, 'x', '1');
    state(db, 'x', '1');
    const rows = [state(db, null, '11', cdn), state(db, null, '12', cdn)];
    const { brief, step } = run(db);
    expect([brief, step('monthly-settled-in')]).toEqual([[], yuan('23')]);
    db.prepare('UPDATE performance SET amount = amount - 100000000 WHERE id = ?').run(rows[1]);
    const wrong = run(db);
    expect(wrong.brief).toEqual([['performance.too-low', 'c1|CDN||', yuan('23'), yuan('22')]]);
    expect(wrong.findings[0]).toMatchObject({ left, right: rows, productType: 'CDN' });
  });

  test('this month’s consumption waits for next month’s rows, and is missing where there are none of its product', () => {
    const db = openTestDb();
    consume(db, 't1', '21', cdn);
    consume(db, 't2', '22', { ...cdn, customer_id: 'c2' });
    consume(db, 'x', '1');
    state(db, 'x', '1');
    state(db, null, '21', cdn, '2025-10');
    const { brief, step } = run(db);
    expect(brief).toEqual([['performance.missing', 'c2|t2', yuan('22'), 0n]]);
    expect(step('monthly-settled-out')).toBe(yuan('-21'));
  });

  test('consumption without a number meets performance that has one', () => {
    const db = openTestDb();
    consume(db, null, '11', cdn, '2025-08');
    consume(db, null, '12', cdn, '2025-08');
    consume(db, 'x', '1');
    state(db, 'x', '1');
    state(db, 'p1', '11', cdn);
    state(db, 'p2', '12', cdn);
    const { brief, step } = run(db);
    expect([brief, step('monthly-settled-in')]).toEqual([[], yuan('23')]);
  });
});

test('performance of two products under a number that the consumption lacks is shown with all of its rows', () => {
  const db = openTestDb();
  consume(db, null, '15', { product_type: 'ECS' });
  const rows = ['ECS', 'OBS'].map((product_type) => state(db, 'D', '15', { product_type }));
  const { findings } = run(db);
  expect(findings.map((f) => [f.code, f.stated, f.right])).toEqual([['performance.too-high', yuan('30'), rows]]);
});
