import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import { readKey, type MatchAction } from '../../../electron/core/manual-match.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';

const cycle = '2025-09';
const shared = { cycle, customer_id: 'c1', account_name: 'acme', product_type: 'ECS' };
const state = (db: WriteDb, id: string, amount: string, more: Values = {}): bigint =>
  insert(db, 'performance', { ...shared, performance_id: id, trade_id: `t-${id}`, amount: yuan(amount), ...more });
const pay = (db: WriteDb, id: string, base: string, amount: string, more: Values = {}): bigint =>
  insert(db, 'incentive', {
    cycle,
    performance_id: id,
    incentive_row_id: `r-${id}-${base}`,
    plan_name: 'A',
    base_amount: yuan(base),
    amount: yuan(amount),
    ...more,
  });
const rated = (db: WriteDb): WriteDb => {
  insert(db, 'policy', { plan_name: 'A', method: 'perRow', rate: yuan('0.05') });
  return db;
};
const match = (db: WriteDb, action: MatchAction, ...keys: string[]): bigint =>
  addMatch(db, {
    cycle,
    pair: 'performance-incentive',
    action,
    keys: keys.map((k) => readKey(k)!),
    reason: '编号写错',
    by: '王芳',
    at: '2025-10-08 09:00:00',
  });

function run(db: WriteDb) {
  const parts: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const outcome = performanceIncentive.run({ ...runContext(db, cycle), sink });
  const bridge = closed(outcome);
  const placed = parts.filter((p) => !p.beside).flatMap((p) => p.evidence.flatMap((e) => [...idsOf(db, e, 1000)]));
  const brief = outcome.findings.map((f) => [f.code, f.expected, f.stated]);
  return { ...outcome, bridge, parts, placed, brief };
}

describe('incentive rows joined by hand with performance of another 业绩ID', () => {
  test('agree where the sums do, and are looked into as joined', () => {
    const db = rated(openTestDb());
    const rows = [state(db, 'p1', '60'), state(db, 'p2', '40'), pay(db, 'x', '100', '5')];
    expect(run(db).findings.map((f) => f.code)).toEqual(['incentive.missing', 'incentive.missing', 'incentive.base']);
    match(db, 'join', 'x', 'p1', 'c1|t-p2');
    const { brief, parts, placed } = run(db);
    expect(brief).toEqual([]);
    expect(new Set(placed)).toEqual(new Set(rows));
    expect(placed).toHaveLength(3);
    expect(parts.filter((p) => p.step === 'agreed')).toMatchObject([{ level: 'joined', rows: 1, right: yuan('5') }]);
  });

  test('one performance paid in parts agrees by their sum, without a policy table too', () => {
    for (const db of [rated(openTestDb()), openTestDb()]) {
      state(db, 'p1', '100');
      pay(db, 'x', '60', '3', { rate: yuan('0.05') });
      pay(db, 'y', '40', '2', { rate: yuan('0.05') });
      match(db, 'join', 'p1', 'x', 'y');
      expect(run(db).brief).toEqual([]);
    }
  });

  test('that do not come to what is due are one finding, of exactly the rest', () => {
    const db = rated(openTestDb());
    state(db, 'p1', '100');
    pay(db, 'x', '90', '4.5');
    match(db, 'join', 'p1', 'x');
    const { brief, findings } = run(db);
    expect(brief).toEqual([['incentive.base', yuan('5'), yuan('4.5')]]);
    expect(findings[0]!.reason.zh).toContain('人工合并核对：p1、x');
  });

  test('never agree against a printed rate', () => {
    const db = rated(openTestDb());
    state(db, 'p1', '100');
    pay(db, 'x', '100', '5', { rate: yuan('0.04') });
    match(db, 'join', 'p1', 'x');
    expect(run(db).brief).toEqual([['incentive.rate', yuan('5'), yuan('5')]]);
  });

  test('that have no performance in the month are judged as if nothing had been said', () => {
    const db = rated(openTestDb());
    state(db, 'p0', '1', { performance_id: 'p0' });
    pay(db, 'x', '100', '5');
    pay(db, 'y', '10', '0.5');
    const { brief } = run(db);
    match(db, 'join', 'x', 'y');
    expect(run(db).brief).toEqual(brief);
  });
});

test('a 业绩ID split by hand is not paid by a row of its order', () => {
  const db = rated(openTestDb());
  state(db, 'p1', '100', { trade_id: 'T' });
  state(db, 'p2', '100', { trade_id: 'T' });
  insert(db, 'incentive', {
    ...shared,
    trade_id: 'T',
    incentive_row_id: 'r',
    plan_name: 'A',
    base_amount: yuan('200'),
    amount: yuan('10'),
  });
  expect(run(db).brief).toEqual([]);
  match(db, 'split', 'p2');
  expect(run(db).brief).toEqual([
    ['incentive.base', yuan('5'), yuan('10')],
    ['incentive.missing', yuan('5'), 0n],
  ]);
});

const keys = ['p1', 'p2', 'p3', 'x', 'c1|t-p1', 'c1|t-p2', 'c1|t-x'];
const row = fc.record({ id: fc.constantFrom('p1', 'p2', 'p3', 'x'), paid: fc.boolean(), cents: fc.integer({ min: -900, max: 4000 }) });
const said = fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 6 }).chain((some) =>
  fc.record({ action: fc.constantFrom<MatchAction>('join', 'split'), first: fc.integer({ min: 0, max: some.length }) }).map((cut) => ({
    ...cut,
    some,
  })),
);

test('whatever is joined and split: both ends stay, the bridge closes, each row stands in one place', () => {
  const db = rated(openTestDb());
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), said, (rows, { action, first, some }) => {
      db.exec('DELETE FROM manual_match; DELETE FROM performance; DELETE FROM incentive');
      state(db, 'p9', '1');
      pay(db, 'p9', '1', '0.05');
      for (const { id, paid, cents } of rows) {
        const amount = (cents / 100).toFixed(2);
        if (paid) pay(db, id, amount, (cents / 1000).toFixed(2), { ...shared, trade_id: `t-${id}` });
        else state(db, id, amount);
      }
      const { bridge } = run(db);
      if (first > 0) match(db, action, ...some.slice(0, first));
      if (some.length > first) match(db, 'join', ...some.slice(first));
      const after = run(db);
      expect([after.bridge.left, after.bridge.right]).toEqual([bridge.left, bridge.right]);
      const inFindings = after.findings.flatMap((f) => [...f.left, ...f.right]);
      const all = [...after.placed, ...inFindings];
      expect(new Set(all).size).toBe(rows.length + 2);
      expect(after.placed.length).toBe(new Set(after.placed).size);
    }),
    { numRuns: 40 },
  );
});
