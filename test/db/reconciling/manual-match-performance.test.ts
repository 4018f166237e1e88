import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { readKey, type MatchAction } from '../../../electron/core/manual-match.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const at = '2025-09-10 08:00:00';
const names = { cycle, customer_id: 'c1', account_name: 'acme', product_type: 'ECS', traded_at: at };
const consume = (db: WriteDb, trade: string | null, cash: string, more: Values = {}): bigint =>
  insert(db, 'consumption', { ...names, trade_id: trade, amount_due: yuan(cash), cash_amount: yuan(cash), ...more });
const perform = (db: WriteDb, trade: string | null, amount: string, more: Values = {}): bigint =>
  insert(db, 'performance', { ...names, trade_id: trade, amount: yuan(amount), ...more });
const match = (db: WriteDb, action: MatchAction, ...keys: string[]): bigint =>
  addMatch(db, { cycle, pair: 'consumption-performance', action, keys: keys.map((k) => readKey(k)!), reason: '组合订单', by: '王芳', at });

function run(db: WriteDb) {
  const outcome = runTold(consumptionPerformance, runContext(db, cycle));
  const bridge = closed(outcome);
  return { ...outcome, bridge, brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}
const rowsIn = (findings: readonly { left: readonly bigint[]; right: readonly bigint[] }[]): bigint[] =>
  findings.flatMap((f) => [...f.left, ...f.right]);

describe('orders joined by hand', () => {
  test('whose sums agree are no finding', () => {
    const db = openTestDb();
    consume(db, 'A', '60.00');
    consume(db, 'B', '40.00', { product_type: 'OBS' });
    perform(db, 'P', '100.00');
    expect(run(db).findings).toHaveLength(3);
    match(db, 'join', 'c1|P', 'c1|A', 'c1|B');
    const { findings, bridge } = run(db);
    expect(findings).toEqual([]);
    expect(bridge.steps.find((s) => s.step === 'agreed')).toMatchObject({ amount: 0n, rows: 3 });
  });

  test('of two customers that do not add up are one finding with the exact rest and all rows of both', () => {
    const db = openTestDb();
    consume(db, 'T1', '100.00', { customer_id: 'c2', account_name: 'other' });
    perform(db, 'T1', '90.00');
    match(db, 'join', 'c2|T1', 'c1|T1');
    const { brief, findings } = run(db);
    expect(brief).toEqual([['performance.too-low', 'c1|T1', yuan('100.00'), yuan('90.00')]]);
    expect(rowsIn(findings)).toHaveLength(2);
    expect(findings[0]!.reason.zh).toContain('人工合并核对：T1、T1');
  });

  test('may hold the rows without order number of one product', () => {
    const db = openTestDb();
    consume(db, null, '30.00', { product_type: 'OBS' });
    consume(db, null, '5.00');
    perform(db, 'P', '31.00');
    match(db, 'join', 'c1|P', 'c1|OBS||');
    const { brief, findings } = run(db);
    expect(brief.map(([code, key]) => [code, key])).toEqual([
      ['performance.missing', 'c1|ECS||'],
      ['performance.too-high', 'c1|P'],
    ]);
    expect(new Set(rowsIn(findings)).size).toBe(3);
  });

  test('of which all but one are gone are judged as if nothing had been said', () => {
    const db = openTestDb();
    consume(db, 'A', '60.00');
    perform(db, 'B', '60.00');
    const { brief } = run(db);
    match(db, 'join', 'c1|A', 'c1|GONE');
    expect(run(db).brief).toEqual(brief);
  });
});

test('an order split by hand is in no pool', () => {
  const db = openTestDb();
  consume(db, 'A', '60.00');
  consume(db, 'B', '40.00');
  perform(db, null, '100.00');
  expect(run(db).findings).toEqual([]);
  match(db, 'split', 'c1|B');
  expect(run(db).brief.map(([code, key]) => [code, key])).toContainEqual(['performance.missing', 'c1|B']);
});

test('an order split by hand is no part of a combined order', () => {
  const db = openTestDb();
  consume(db, 'A', '100.00', { original_trade_id: 'P' });
  perform(db, 'P', '100.00');
  expect(run(db).findings).toEqual([]);
  match(db, 'split', 'c1|P');
  expect(new Set(run(db).brief.map(([code]) => code))).toEqual(new Set(['performance.missing', 'performance.without-consumption']));
});

const row = fc.record({
  side: fc.constantFrom('consumption', 'performance', 'before'),
  customer: fc.constantFrom('c1', 'c2'),
  trade: fc.constantFrom('A', 'B', 'C', null),
  product: fc.constantFrom('ECS', 'OBS', 'CDN'),
  amount: fc.integer({ min: -500, max: 2000 }),
});
const key = fc.oneof(
  fc.tuple(fc.constantFrom('c1', 'c2'), fc.constantFrom('A', 'B', 'C')).map((p) => p.join('|')),
  fc.tuple(fc.constantFrom('c1', 'c2'), fc.constantFrom('ECS', 'OBS', 'CDN')).map(([c, p]) => `${c}|${p}||`),
);
const said = fc.uniqueArray(key, { maxLength: 8 }).chain((keys) =>
  fc
    .array(fc.record({ size: fc.integer({ min: 1, max: 4 }), action: fc.constantFrom<MatchAction>('join', 'split') }), { maxLength: 4 })
    .map((cuts) => {
      const rest = [...keys];
      return cuts.map(({ size, action }) => ({ action, keys: rest.splice(0, size) })).filter((m) => m.keys.length > 0);
    }),
);

test('whatever is joined and split: both ends stay, the bridge closes, no row is in two findings, nor lost', () => {
  const db = openTestDb();
  insert(db, 'product-policy', { product_type: 'CDN', policy: 1n, monthly_settled: 1n });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 14 }), said, (rows, matches) => {
      db.exec('DELETE FROM consumption; DELETE FROM performance; DELETE FROM manual_match');
      for (const r of rows) {
        const more = { customer_id: r.customer, account_name: r.customer, product_type: r.product };
        if (r.side === 'performance') perform(db, r.trade, `${r.amount / 100}`, more);
        else consume(db, r.trade, `${r.amount / 100}`, { ...more, ...(r.side === 'before' && { cycle: '2025-08' }) });
      }
      consume(db, 'Z', '1.00');
      perform(db, 'Z', '1.00');
      const before = run(db).bridge;
      for (const m of matches) match(db, m.action, ...m.keys);
      const { bridge, findings } = run(db);
      expect(bridge.left).toEqual(before.left);
      expect(bridge.right).toEqual(before.right);
      if (rows.some((r) => r.product === 'CDN' || r.side === 'before')) return;
      const found = rowsIn(findings);
      expect(new Set(found).size).toBe(found.length);
      const placed = bridge.steps.find((s) => s.step === 'agreed')!.rows;
      expect(placed + found.length).toBeGreaterThanOrEqual(rows.filter((r) => r.amount !== 0).length + 2);
    }),
    { numRuns: 60 },
  );
});
