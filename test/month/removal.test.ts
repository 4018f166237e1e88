import { describe, expect, it } from 'vitest';
import { parseMoney } from '../../electron/core/money.ts';
import { generate } from '../fixtures/generate.ts';
import { importWorld, type MonthResult } from './harness.ts';

/** What is unexplained; with the truncation of the bill, which leaves its step together with the line that it was for. */
const unexplained = (result: MonthResult, pair: string): bigint => {
  const bridge = result.bridges.find((b) => b.pair === pair);
  if (!bridge || !('unexplained' in bridge)) throw new Error(`no bridge ${pair}`);
  const truncation = bridge.steps.find((s) => s.step === 'truncation');
  return parseMoney(bridge.unexplained)! + (truncation ? parseMoney(truncation.amount)! : 0n);
};

describe('no step is the rest', () => {
  it('removing a matched row makes exactly its amount unexplained', async () => {
    const world = generate({ seed: 31, scale: 120, months: 1 });
    const month = world.months[0]!;
    const workspace = await importWorld(world, { format: 'csv' });
    const { db } = workspace;
    const before = workspace.reconcile(month);
    // The bill of a day at the month's edge may be the next month's: its consumption would be a month-edge step.
    const cases = [
      {
        pair: 'bill-consumption',
        table: 'partner_bill',
        amount: 'customer_amount',
        sign: 1n,
        where: `bill_class = 'consumption' AND traded_at < '${month}-31'`,
      },
      { pair: 'consumption-performance', table: 'performance', amount: 'amount', sign: -1n, where: '1' },
      { pair: 'performance-incentive', table: 'incentive', amount: 'amount', sign: -1n, where: 'performance_id IS NOT NULL' },
    ];
    for (const { pair, table, amount, sign, where } of cases) {
      const ids = db
        .prepare<[string], { id: bigint; amount: bigint }>(
          `SELECT id, ${amount} AS amount FROM ${table} t WHERE cycle = ? AND in_force = 1 AND ${where} AND ${amount} <> 0 ORDER BY id % 97, id LIMIT 12`,
        )
        .all(month);
      expect(ids.length).toBe(12);
      for (const row of ids) {
        db.prepare(`UPDATE ${table} SET in_force = 0 WHERE id = ?`).run(row.id);
        const after = workspace.reconcile(month);
        expect(unexplained(after, pair) - unexplained(before, pair), `${table} row ${row.id}`).toBe(sign * row.amount);
        db.prepare(`UPDATE ${table} SET in_force = 1 WHERE id = ?`).run(row.id);
      }
    }
    workspace.remove();
  });
});
