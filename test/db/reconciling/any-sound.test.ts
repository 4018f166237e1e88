import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { addMonths } from '../../../electron/core/month.ts';
import { formatMoney } from '../../../electron/core/money.ts';
import { inTestDb, runContext, type Values } from '../rows.ts';
import { bill, consume, deduct } from './account-builder.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const unit = 4_000_000n;
const text = (amount: bigint): string => formatMoney(amount);
const due = (amount: bigint): bigint => (amount * 3n) / 4n;

/** What a customer does, and how the statements have it. */
const anyOrder = fc.record({
  kind: fc.constantFrom('order', 'order', 'inSum', 'inSum', 'combined', 'combinedByParent', 'combinedByChildren', 'refund', 'refundUnder', 'refundInParts', 'refundNext', 'parts', 'partsOver', 'twoMonths', 'twoMonthsOnce', 'edge', 'edgePaid', 'referral', 'twoCustomers'), // prettier-ignore
  customer: fc.constantFrom('c1', 'c1', 'c2'),
  day: fc.constantFrom('03', '10', '10'),
  mode: fc.constantFrom('payPerUse', 'payPerUse', 'yearlyMonthly'),
  product: fc.constantFrom('ECS', 'ECS', 'OBS'),
  cycle: fc.constantFrom('2025-09', '2025-09', '2025-08'),
  amounts: fc.tuple(fc.integer({ min: 1e6, max: 9e6 }), fc.integer({ min: 1e6, max: 9e6 }), fc.integer({ min: 1e3, max: 9e5 })),
});
type Order = typeof anyOrder extends fc.Arbitrary<infer T> ? T : never;
const sumStyles = {
  day: () => '',
  mode: (o: Order) => o.mode,
  customer: (o: Order) => o.customer,
  product: (o: Order) => o.product,
} as const;

function place(db: WriteDb, o: Order, t: string, sums: Map<string, bigint>, style: keyof typeof sumStyles): void {
  const [a, b, c] = o.amounts.map((n) => BigInt(n) * unit) as [bigint, bigint, bigint];
  const next = addMonths(o.cycle, 1);
  const of = (cycle: string, more: Values = {}): Values => ({ customer_id: o.customer, account_name: o.customer, billing_mode: o.mode, product_type: o.product, traded_at: `${cycle}-${o.day} 08:00:00`, bill_class: 'consumption', ...more }); // prettier-ignore
  const billed = (trade: string, amount: bigint, more: Values = {}, cycle = o.cycle) => bill(db, trade, text(amount), of(cycle, more), cycle);
  const used = (trade: string, amount: bigint, more: Values = {}, cycle = o.cycle) => consume(db, trade, text(amount), of(cycle, more), cycle);
  const both = (...args: [string, bigint, Values?, string?]): void => {
    billed(...args);
    used(...args);
  };
  let n = 0;
  const paid = (trade: string, amount: bigint, cycle = o.cycle, at = `${cycle}-${o.day} 09:00:00`) =>
    deduct(db, `F${t}${(n += 1)}`, trade, text(amount), { traded_at: at }, cycle);
  const back = (original: string): Values => ({ bill_class: 'refund', original_trade_id: original });
  const child = { original_trade_id: t };
  switch (o.kind) {
    case 'order': both(t, a); return void paid(t, due(a)); // prettier-ignore
    case 'inSum': {
      both(t, a);
      const key = `${o.cycle}-${o.day}|${sumStyles[style](o)}`;
      return void sums.set(key, (sums.get(key) ?? 0n) + due(a));
    }
    case 'combined': both(`${t}a`, a, child); both(`${t}b`, b, child); return void paid(t, due(a + b)); // prettier-ignore
    case 'combinedByParent': billed(t, a + b); used(`${t}a`, a, child); used(`${t}b`, b, child); return void paid(t, due(a + b)); // prettier-ignore
    case 'combinedByChildren': billed(t, a + b); used(`${t}a`, a, child); used(`${t}b`, b, child); paid(`${t}a`, due(a)); return void paid(`${t}b`, due(b)); // prettier-ignore
    case 'refund': both(t, a); both(`${t}r`, -c, back(t)); paid(t, due(a)); return void paid(`${t}r`, due(-c)); // prettier-ignore
    case 'refundUnder': both(t, a); both(`${t}r`, -c, back(t)); paid(t, due(a)); return void paid(t, due(-c)); // prettier-ignore
    case 'refundInParts': both(t, a); both(`${t}r`, -c, back(t)); paid(t, due(a)); paid(`${t}r`, due(-unit)); return void paid(`${t}r`, due(unit - c)); // prettier-ignore
    case 'refundNext': both(t, a); both(`${t}r`, -c, back(t), next); paid(t, due(a)); return void paid(`${t}r`, due(-c), next); // prettier-ignore
    case 'parts': both(t, a + c); paid(t, due(a)); return void paid(t, due(c)); // prettier-ignore
    case 'partsOver': both(t, a + c); paid(t, due(a)); return void paid(t, due(c), next); // prettier-ignore
    case 'twoMonths': both(t, a); both(t, b, {}, next); paid(t, due(a)); return void paid(t, due(b), next); // prettier-ignore
    case 'twoMonthsOnce': both(t, a); both(t, b, {}, next); return void paid(t, due(a + b)); // prettier-ignore
    case 'edge': case 'edgePaid': {
      const last = { traded_at: `${o.cycle}-${o.cycle === '2025-08' ? '31' : '30'} 23:30:00` };
      used(t, a, last);
      billed(t, a, last, next);
      return void paid(t, due(a), o.kind === 'edge' ? next : o.cycle, o.kind === 'edge' ? `${next}-01 00:30:00` : last.traded_at);
    } // prettier-ignore
    case 'referral': used(t, a, { association_type: 'referral' }); return void paid(t, a); // prettier-ignore
    case 'twoCustomers': {
      both(t, a);
      both(t, b, { customer_id: 'c3', account_name: 'c3' });
      paid(t, due(a));
      return void paid(t, due(b));
    }
  }
}

const SKIP: string[] = (process.env['SKIP'] ?? '').split(',');
const months = ['2025-08', '2025-09', '2025-10'];

function fill(db: WriteDb, orders: readonly Order[], style: keyof typeof sumStyles): void {
  for (const month of ['2025-07', ...months, '2025-11']) {
    const beside = `beside${month}`;
    const at = { traded_at: `${month}-15 08:00:00` };
    bill(db, beside, '1', at, month);
    consume(db, beside, '1', at, month);
    deduct(db, `F${beside}`, beside, '0.75', at, month);
  }
  const sums = new Map<string, bigint>();
  for (const [at, order] of orders.entries()) place(db, order, `T${at}`, sums, style);
  for (const [key, amount] of sums) {
    const day = key.slice(0, 10);
    deduct(db, `S${key}`, null, text(amount), { traded_at: `${day} 23:00:00` }, day.slice(0, 7));
  }
}
const anyOrders = fc.array(anyOrder.filter((o) => !SKIP.includes(o.kind)), { minLength: 1, maxLength: 7 });
const anyStyle = fc.constantFrom('day', 'mode', 'customer', 'product');
const runs = { numRuns: Number(process.env['RUNS'] ?? 40) };

test('whatever sound orders stand beside each other, nothing is found', () => {
  fc.assert(
    fc.property(anyOrders, anyStyle, (orders, style) =>
      inTestDb((db) => {
        fill(db, orders, style);
        for (const month of months)
          for (const reconciler of [billAccount, billConsumption]) {
            const outcome = runTold(reconciler, runContext(db, month));
            closed(outcome);
            expect([month, outcome.findings.map((f) => [f.code, f.severity, f.businessKey, f.expected, f.stated, f.reason.en])]).toEqual([month, []]); // prettier-ignore
          }
      }),
    ),
    runs,
  );
});

test('of one wrong entry among them exactly what is wrong of it is found', () => {
  const by = 777_000_000n;
  fc.assert(
    fc.property(anyOrders, anyStyle, fc.constantFrom('again', 'more', 'less', 'stray'), fc.nat(99), (orders, style, what, pick) =>
      inTestDb((db) => {
        fill(db, orders, style);
        const entries = db
          .prepare<[], { id: bigint; cycle: string; flow: string; trade: string | null; amount: bigint; at: string }>(
            "SELECT id, cycle, flow_id AS flow, trade_id AS trade, -change_amount AS amount, traded_at AS at FROM account_statement WHERE flow_id NOT LIKE 'Fbeside%' ORDER BY id",
          )
          .all();
        if (entries.length === 0) return;
        const entry = entries[pick % entries.length]!;
        const sign = entry.amount < 0n ? -1n : 1n;
        const set = db.prepare('UPDATE account_statement SET change_amount = change_amount - ? WHERE id = ?');
        let wrong = entry.amount;
        if (what === 'again') deduct(db, 'again', entry.trade, text(entry.amount), { traded_at: entry.at }, entry.cycle);
        else if (what === 'stray') deduct(db, 'stray', 'unknown', text(entry.amount), { traded_at: entry.at }, entry.cycle);
        else set.run((wrong = what === 'more' ? sign * by : -sign * by), entry.id);
        let found = 0n;
        const told: unknown[] = [];
        for (const month of months) {
          const outcome = runTold(billAccount, runContext(db, month));
          closed(outcome);
          for (const f of outcome.findings) {
            found += f.stated! - f.expected!;
            told.push([month, f.code, f.severity, f.businessKey, f.expected, f.stated, f.reason.en]);
          }
        }
        if (entry.trade === null && (what === 'more' || what === 'less')) wrong += entry.amount;
        expect([what, entry, told, found]).toEqual([what, entry, told, wrong]);
      }),
    ),
    runs,
  );
});
