import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const bridgeOf = (db: WriteDb): Bridge => runTold(billConsumption, runContext(db, cycle)).bridge as Bridge;

/** Ten orders of two rows each, at amounts that tell every row from every sum of others. */
function matchedMonth(): { db: WriteDb; lines: { id: bigint; amount: bigint }[]; rows: { id: bigint; amount: bigint }[] } {
  const db = openTestDb();
  const lines: { id: bigint; amount: bigint }[] = [];
  const rows: { id: bigint; amount: bigint }[] = [];
  for (let i = 0; i < 10; i++) {
    const row = { cycle, customer_id: `c${i % 3}`, trade_id: `t${i}`, product_type: '云主机', traded_at: '2025-09-10 08:00:00' };
    for (let j = 0; j < 2; j++) {
      const amount = yuan(`${1 << i}.${j}1`);
      const due = { ...row, association_type: 'resale', amount_due: amount, truncated_amount: 0n };
      rows.push({ id: insert(db, 'consumption', due), amount });
      const settlement = { settlement_rate: 50_000_000n, settlement_amount: amount / 2n, settlement_scale: 8n };
      lines.push({ id: insert(db, 'partner-bill', { ...row, customer_amount: amount, ...settlement }), amount });
    }
  }
  return { db, lines, rows };
}

test('a bridge without findings has nothing unexplained; any row removed makes exactly its amount unexplained', () => {
  const { db, lines, rows } = matchedMonth();
  expect(bridgeOf(db).unexplained).toBe(0n);
  const without = (table: string, id: bigint): bigint => {
    db.prepare(`UPDATE ${table} SET in_force = 0 WHERE id = ?`).run(id);
    const { unexplained } = bridgeOf(db);
    db.prepare(`UPDATE ${table} SET in_force = 1 WHERE id = ?`).run(id);
    return unexplained;
  };
  fc.assert(
    fc.property(fc.nat(lines.length - 1), (n) => {
      expect(without('partner_bill', lines[n]!.id)).toBe(lines[n]!.amount);
      expect(without('consumption', rows[n]!.id)).toBe(-rows[n]!.amount);
    }),
    { numRuns: 20 },
  );
});

test('the order of rows never matters', () => {
  const { db } = matchedMonth();
  db.prepare("UPDATE partner_bill SET customer_amount = customer_amount + 700000000 WHERE trade_id IN ('t1', 't4')").run();
  db.prepare("DELETE FROM consumption WHERE trade_id = 't7'").run();
  const brief = (): unknown => {
    const { findings, bridge } = runTold(billConsumption, runContext(db, cycle));
    return [bridge, findings.map((f) => [f.code, f.businessKey, f.expected, f.stated, f.bridge])];
  };
  const before = brief();
  for (const table of ['partner_bill', 'consumption']) {
    const ids = db.prepare<[], bigint>(`SELECT id FROM ${table} ORDER BY id`).pluck().all();
    for (const [i, id] of ids.entries()) db.prepare(`UPDATE ${table} SET id = ? WHERE id = ?`).run(-1n - BigInt(i), id);
    for (const [i, id] of ids.toReversed().entries()) db.prepare(`UPDATE ${table} SET id = ? WHERE id = ?`).run(id, -1n - BigInt(i));
  }
  expect(brief()).toEqual(before);
});
