import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { isBeyond, type OrderVerdict } from '../../electron/core/judging/order-deduction.ts';
import type { Money } from '../../electron/core/money.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { scopesOf } from '../scope-marks.ts';
import type { AccountPass } from './account-pass.ts';
import type { RunContext } from './context.ts';
import type { Deduction } from './ledger-orders.ts';
import type { OrderMonth } from './order-facts.ts';

/** Why nothing is said of an order: the consumption of the month is not imported, or covers a part only and does not have the order. */
export interface Untold {
  readonly step: 'no-consumption' | 'scope';
  readonly cycle: BillingCycle;
}

/**
 * The consumption that would tell whether a month beside the one whose bill has the order bills a part of it too: more was taken than that bill has, and
 * neither the consumption nor every bill beside it is there. An order lies over two months at the most.
 */
export function lacksConsumption(
  { db, has }: RunContext,
  known: readonly Pick<OrderMonth, 'from' | 'cycle'>[],
  verdict: OrderVerdict,
  paid: Money,
): Untold | undefined {
  const [cycle, ...more] = new Set(known.map((fact) => fact.cycle));
  if (cycle === undefined || more.length > 0 || known.some((fact) => fact.from === 'consumption')) return undefined;
  if (!isBeyond(verdict, paid) || neighbours(cycle).every((beside) => has('partner-bill', beside))) return undefined;
  if (!has('consumption', cycle)) return { step: 'no-consumption', cycle };
  return scopesOf(db, 'consumption', cycle) ? { step: 'scope', cycle } : undefined;
}

/**
 * May an entry be for the last hours of the month before, which are charged on the first day of the next (rules §3), while what would explain it there is
 * not imported? A consumption knows every order; what a sum pays only it and the bill together.
 */
export function mayBeOfMonthBefore({ cycle, has }: RunContext, { tradeId, at }: Deduction): boolean {
  const before = addMonths(cycle, -1);
  return at.startsWith(`${cycle}-01`) && !(has('consumption', before) && (tradeId !== null || has('partner-bill', before)));
}

/** A check that needs an input which is not there did not run; what stands outside of a marked export is no lack. */
export function holdBack({ heldBack }: AccountPass, code: AccountPass['heldBack'][number]['code'], { step, cycle }: Untold): void {
  if (step === 'no-consumption') heldBack.push({ code, cycle });
}
