import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { checks } from '../../../electron/core/checks.ts';
import type { FindingDraft } from '../../../electron/core/finding.ts';
import { tableOf } from '../../../electron/core/kinds.ts';
import { formatMoney } from '../../../electron/core/money.ts';
import { inTestDb, runContext } from '../rows.ts';
import { deduct } from './account-builder.ts';
import { closed } from './closed.ts';
import { propertyRuns } from './property-runs.ts';
import { runTold } from './run-told.ts';
import { fillSound, months, settings, soundOrders, type SoundOrders } from './sound-orders.ts';
import { by, change, entriesOf, rowsOf } from './wrong-row.ts';

const runs = propertyRuns(8);
const files = ['partner-bill', 'account-statement', 'consumption', 'performance', 'incentive'] as const;
type File = (typeof files)[number];
/** One month under test, or each. */
const anyMonth = fc.constantFrom(undefined, ...months.slice(1, -1));
const pairs = [billAccount, billConsumption, consumptionPerformance, performanceIncentive];

/** What is to be disputed, in all months. */
const disputes = (db: WriteDb, reconciler: Reconciler): (FindingDraft & { readonly month: string })[] =>
  months.slice(1, -1).flatMap((month) => {
    const outcome = runTold(reconciler, runContext(db, month, settings));
    if (outcome.bridge && 'steps' in outcome.bridge) closed(outcome);
    return outcome.findings.filter((f) => (f.severity ?? checks[f.code].severity) === 'dispute').map((f) => ({ month, ...f }));
  });
const brief = (told: ReturnType<typeof disputes>) =>
  told.map((f) => [f.month, f.code, f.businessKey.join('|'), f.expected, f.stated, f.reason.en]);
const nothing = (db: WriteDb): void => {
  for (const reconciler of pairs) expect([reconciler.name, brief(disputes(db, reconciler))]).toEqual([reconciler.name, []]);
};

/** As if it had not been imported. */
function drop(db: WriteDb, file: File, month: string | undefined): void {
  const of = [month ?? null, month ?? null];
  db.prepare(`DELETE FROM ${tableOf(file)} WHERE ? IS NULL OR cycle = ?`).run(...of);
  db.prepare('DELETE FROM sheet_cycle WHERE (? IS NULL OR cycle = ?) AND sheet IN (SELECT id FROM sheet WHERE kind = ?)').run(...of, file);
}
/** A refund comes back at once: the rest of one is missed although the next month, whose ledger is not there, has it. */
function foreseeable(all: SoundOrders, file: File, month: string | undefined): SoundOrders {
  const isForeseeable = ({ kind }: SoundOrders['orders'][number]): boolean =>
    file !== 'account-statement' || month === undefined || kind !== 'refundOverMonths';
  return { ...all, orders: all.orders.filter(isForeseeable) };
}
test.each(files)('where %s is missing, nothing sound is disputed', (file) => {
  fc.assert(
    fc.property(soundOrders, anyMonth, (orders, month) =>
      inTestDb((db) => {
        fillSound(db, foreseeable(orders, file, month));
        drop(db, file, month);
        nothing(db);
      }),
    ),
    runs,
  );
});

const withManagers = ['partner-bill', 'consumption', 'performance'] as const;
/** As if exported for the customers of one manager only, and marked so. */
function narrow(db: WriteDb, kind: (typeof withManagers)[number], month: string | undefined): void {
  const imports = db
    .prepare<[string, string | null, string | null], { id: string; cycle: string }>(
      `SELECT i.import_id AS id, c.cycle AS cycle FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = ? AND (? IS NULL OR c.cycle = ?)`,
    )
    .all(kind, month ?? null, month ?? null);
  for (const { id, cycle } of imports) {
    addScopeMark(db, { importId: id, kind, managers: ['甲'], customers: [], by: '', at: '2025-12-08 09:00:00' });
    db.prepare(`DELETE FROM ${tableOf(kind)} WHERE cycle = ? AND account_manager = '乙'`).run(cycle);
  }
}
test.each(withManagers)('where %s is of one manager only, nothing sound is disputed', (file) => {
  fc.assert(
    fc.property(soundOrders, anyMonth, (orders, month) =>
      inTestDb((db) => {
        fillSound(db, orders);
        const manager = "CASE WHEN customer_id IN ('c2', 'c3') THEN '乙' ELSE '甲' END";
        for (const kind of withManagers) db.exec(`UPDATE ${tableOf(kind)} SET account_manager = ${manager}`);
        narrow(db, file, month);
        nothing(db);
      }),
    ),
    runs,
  );
});

test.each([
  ['partner_bill', 'customer_amount', billConsumption, 1n],
  ['consumption', 'amount_due', billConsumption, -1n],
  ['consumption', 'cash_amount', consumptionPerformance, -1n],
  ['performance', 'amount', consumptionPerformance, 1n],
  ['incentive', 'amount', performanceIncentive, 1n],
] as const)('of one wrong %s.%s with a file missing: it is disputed exactly or not, and nothing else is', (table, column, reconciler, sign) => {
  fc.assert(
    fc.property(soundOrders, fc.constantFrom('gone', 'again', 'more'), fc.nat(99), fc.constantFrom(...files), anyMonth, (orders, what, pick, file, month) =>
      inTestDb((db) => {
        fillSound(db, orders);
        const rows = rowsOf(db, table, column, reconciler === billConsumption);
        if (rows.length === 0) return;
        const row = rows[pick % rows.length]!;
        const wrong = change(db, table, column, what, row);
        drop(db, file, month);
        const told = disputes(db, reconciler);
        const sum = told.reduce((n, f) => n + f.stated - f.expected, 0n);
        const order = row.trade.slice(0, 2);
        const others = told.filter((f) => !f.businessKey.some((key) => key.includes(order)));
        expect([what, row, brief(told), sum === 0n || sum === sign * wrong, others]).toEqual([what, row, brief(told), true, []]);
      }),
    ),
    runs,
  );
}); // prettier-ignore

test.each(['again', 'more', 'less'] as const)(
  'of one wrong entry (%s) with a file missing: it is disputed exactly or not, and nothing else is',
  (what) => {
    fc.assert(
      fc.property(soundOrders, fc.nat(99), fc.constantFrom(...files), anyMonth, (orders, pick, file, month) =>
        inTestDb((db) => {
          fillSound(db, foreseeable(orders, file, month));
          const entries = entriesOf(db).filter(({ trade }) => trade !== null);
          if (entries.length === 0) return;
          const entry = entries[pick % entries.length]!;
          const wrong = what === 'again' ? entry.amount : (what === 'more') === entry.amount > 0n ? by : -by;
          if (what === 'again') deduct(db, what, entry.trade, formatMoney(entry.amount), { traded_at: entry.at }, entry.cycle);
          else db.prepare('UPDATE account_statement SET change_amount = change_amount - ? WHERE id = ?').run(wrong, entry.id);
          drop(db, file, month);
          const told = disputes(db, billAccount);
          const sum = told.reduce((n, f) => n + f.stated - f.expected, 0n);
          const order = entry.trade!.slice(0, 2);
          const others = told.filter((f) => ![...f.businessKey, f.tradeId].some((key) => key?.includes(order)));
          expect([what, entry, brief(told), sum === 0n || sum === wrong, others]).toEqual([what, entry, brief(told), true, []]);
        }),
      ),
      runs,
    );
  },
);
