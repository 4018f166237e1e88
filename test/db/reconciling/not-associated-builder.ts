import { expect } from 'vitest';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { readSettings } from '../../../electron/core/settings.ts';
import { insert, runContext, yuan, type Values } from '../rows.ts';

const M = '2025-09';
/** A day of the month, or one with its month. */
const dayOf = (at: string): string => (at.length > 2 ? at : `${M}-${at}`);
/** A resale row paid in cash. */
export function consume(db: WriteDb, trade: string | null, [at, amount]: readonly [at: string, amount: string], more: Values = {}): bigint {
  const day = dayOf(at);
  return insert(db, 'consumption', {
    cycle: day.slice(0, 7),
    customer_id: 'c1',
    association_type: 'resale',
    product_type: 'ECS',
    bill_class: 'consumption',
    trade_id: trade,
    traded_at: `${day} 10:00:00`,
    amount_due: yuan(amount),
    cash_amount: yuan(amount),
    ...more,
  });
}
/** A performance row. */
export function state(db: WriteDb, trade: string | null, [at, amount]: readonly [at: string, amount: string], more: Values = {}): bigint {
  const day = dayOf(at);
  return insert(db, 'performance', {
    cycle: day.slice(0, 7),
    customer_id: 'c1',
    product_type: 'ECS',
    trade_id: trade,
    traded_at: `${day} 10:00:00`,
    amount: yuan(amount),
    ...more,
  });
}
/** A bill line at 100 %. */
export const bill = (db: WriteDb, trade: string | null, amount: string, more: Values = {}): bigint =>
  insert(db, 'partner-bill', {
    cycle: M,
    customer_id: 'c1',
    product_type: 'ECS',
    bill_class: 'consumption',
    trade_id: trade,
    customer_amount: yuan(amount),
    settlement_amount: yuan(amount),
    ...more,
  });
/** Ours from one day to another; null: open. */
export const ours = (db: WriteDb, from: string | null, to: string | null, customer = 'c1'): bigint =>
  insert(db, 'association-history', {
    customer_id: customer,
    association_type: 'resale',
    valid_from: from && `${dayOf(from)} 00:00:00`,
    valid_to: to && `${dayOf(to)} 00:00:00`,
  });
/** Both statements of another customer, so that both are there. */
export function beside(db: WriteDb): void {
  consume(db, 'other', ['05', '1'], { customer_id: 'c9' });
  state(db, 'other', ['05', '1'], { customer_id: 'c9' });
  bill(db, 'other', '1', { customer_id: 'c9' });
}

/** Runs the pair as a run does and as one that is looked into; each row ends in one place. */
export function run(db: WriteDb, reconciler: Reconciler, cycle = M) {
  const context = runContext(db, cycle, { ...readSettings(new Map()), monthlySettledProducts: ['CDN'] });
  const parts: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const { bridge, findings } = reconciler.run({ ...context, sink });
  expect(findings.reduce((sum, f) => sum + (f.bridge?.amount ?? 0n), 0n)).toBe((bridge as Bridge).unexplained);
  // Without anybody looking into it, what agrees at once takes another way.
  expect(reconciler.run(context)).toMatchObject({ bridge, findings });
  const rowsOf = (some: readonly BridgePart[]): bigint[] =>
    some.filter((p) => !p.beside).flatMap((p) => p.evidence.flatMap((e) => [...idsOf(db, e, 1000)]));
  const placed = rowsOf(parts);
  expect(new Set(placed).size).toBe(placed.length);
  const gone = rowsOf(parts.filter((p) => p.step === 'not-associated'));
  for (const id of gone) expect(findings.flatMap((f) => [...f.left, ...f.right])).not.toContain(id);
  const step = (name: string): bigint | undefined => (bridge as Bridge).steps.find((s) => s.step === name)?.amount;
  return { brief: findings.map((f) => [f.code, f.severity, f.tradeId ?? f.productType, f.expected, f.stated]), step, gone, findings };
}
