import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import { formatMoney } from '../../../electron/core/money.ts';
import { inTestDb, runContext } from '../rows.ts';
import { deduct } from './account-builder.ts';
import { closed } from './closed.ts';
import { propertyRuns } from './property-runs.ts';
import { runTold } from './run-told.ts';
import { fillSound, months, settings, soundOrders } from './sound-orders.ts';
import { by, change, entriesOf, rowsOf } from './wrong-row.ts';

const runs = propertyRuns(20);

/** What a pair finds in all months, in short, and what that comes to. */
function found(db: WriteDb, reconciler: Reconciler) {
  const told = months.slice(1, -1).flatMap((month) => {
    const outcome = runTold(reconciler, runContext(db, month, settings));
    closed(outcome);
    return outcome.findings.map((f) => ({ month, ...f }));
  });
  const brief = told.map((f) => [f.month, f.code, f.severity, f.businessKey.join('|'), f.expected, f.stated, f.reason.en]);
  return { brief, sum: told.reduce((n, f) => n + f.stated - f.expected, 0n) };
}

test('whatever sound orders stand beside each other, nothing is found', () => {
  fc.assert(
    fc.property(soundOrders, (orders) =>
      inTestDb((db) => {
        fillSound(db, orders);
        for (const reconciler of [billAccount, billConsumption, consumptionPerformance, performanceIncentive]) expect([reconciler.name, found(db, reconciler).brief]).toEqual([reconciler.name, []]); // prettier-ignore
      }),
    ),
    runs,
  );
});

test('of one wrong entry among them exactly what is wrong of it is found', () => {
  fc.assert(
    fc.property(soundOrders, fc.constantFrom('again', 'more', 'less', 'unknown'), fc.nat(99), (orders, what, pick) =>
      inTestDb((db) => {
        fillSound(db, orders);
        const entries = entriesOf(db);
        if (entries.length === 0) return;
        const entry = entries[pick % entries.length]!;
        let wrong = entry.amount;
        if (what === 'again' || what === 'unknown') {
          const trade = what === 'again' ? entry.trade : 'unknown';
          deduct(db, what, trade, formatMoney(entry.amount), { traded_at: entry.at }, entry.cycle);
        } else {
          wrong = (what === 'more') === entry.amount > 0n ? by : -by;
          db.prepare('UPDATE account_statement SET change_amount = change_amount - ? WHERE id = ?').run(wrong, entry.id);
          // What a day's sum pays that comes to nothing is not known, though its refunds are: they did not come back.
          if (entry.trade === null && entry.amount > 0n) wrong += entry.amount;
        }
        const { brief, sum } = found(db, billAccount);
        expect([what, entry, brief, sum]).toEqual([what, entry, brief, wrong]);
      }),
    ),
    runs,
  );
});

test.each([
  ['line of the bill', 'partner_bill', 'customer_amount', billConsumption, 1n],
  ['row of the consumption', 'consumption', 'amount_due', billConsumption, -1n],
  ['row of the consumption', 'consumption', 'cash_amount', consumptionPerformance, -1n],
  ['row of the performance', 'performance', 'amount', consumptionPerformance, 1n],
  ['row of the incentive', 'incentive', 'amount', performanceIncentive, 1n],
] as const)('of one wrong %s (%s.%s) among them exactly what is wrong of it is found', (_, table, column, reconciler, sign) => {
  fc.assert(
    fc.property(soundOrders, fc.constantFrom('gone', 'again', 'more'), fc.nat(99), (orders, what, pick) =>
      inTestDb((db) => {
        fillSound(db, orders);
        const rows = rowsOf(db, table, column, reconciler === billConsumption);
        if (rows.length === 0) return;
        const row = rows[pick % rows.length]!;
        const wrong = change(db, table, column, what, row);
        const { brief, sum } = found(db, reconciler);
        expect([what, row, brief, sum]).toEqual([what, row, brief, sign * wrong]);
      }),
    ),
    runs,
  );
});
