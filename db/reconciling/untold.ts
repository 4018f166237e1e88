import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { isBeyond, isShort, type OrderVerdict } from '../../electron/core/judging/order-deduction.ts';
import type { Money } from '../../electron/core/money.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { scopesOf } from '../scope-marks.ts';
import type { AccountPass } from './account-pass.ts';
import { isUnpriced } from './beyond-scope.ts';
import type { RunContext } from './context.ts';
import type { Deduction } from './ledger-orders.ts';
import type { OrderMonth } from './order-facts.ts';
import type { SettlementRates } from './settlement-rates.ts';

/** Why nothing is said of an order: a file is not imported, or covers a part only and does not have the order. */
export interface Untold {
  readonly step: 'no-consumption' | 'missing-file' | 'scope';
  readonly kind: 'consumption' | 'partner-bill' | 'account-statement';
  readonly cycle: BillingCycle;
}

/** What would tell of an order that was taken, or came back, at an amount that nothing known of it comes to; `around`: what other months took of it. */
export function untoldOf(
  context: RunContext,
  rates: SettlementRates,
  months: readonly OrderMonth[],
  verdict: OrderVerdict,
  paid: Money,
  around: readonly Pick<Deduction, 'amount'>[],
): Untold | undefined {
  const all = around.reduce((n, { amount }) => n + amount, paid);
  return (
    lacksConsumption(context, months, verdict, paid) ??
    lacksBill(context, rates, months, verdict, all) ??
    lacksLedger(context, months, verdict, paid)
  );
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
  if (!has('consumption', cycle)) return { step: 'no-consumption', kind: 'consumption', cycle };
  return scopesOf(db, 'consumption', cycle) ? { step: 'scope', kind: 'consumption', cycle } : undefined;
}

/**
 * The bill that would tell at which rate an order is settled: it is not there, or was certainly not exported for a customer no line of whom prints one.
 * Of what the order is known to come to before its discount, a part was taken or came back over all months.
 */
function lacksBill(
  context: RunContext,
  rates: SettlementRates,
  months: readonly OrderMonth[],
  verdict: OrderVerdict,
  all: Money,
): Untold | undefined {
  const [first] = months;
  if (!first || verdict.kind !== 'differs' || months.some((fact) => fact.from === 'bill' || !fact.resale)) return undefined;
  const most = months.reduce((n, fact) => n + fact.due, 0n);
  const isPart = most > 0n ? all > 0n && all < most : all < 0n && all > most;
  if (!isPart) return undefined;
  if (months.every((fact) => isUnpriced(context, rates, fact))) return { step: 'scope', kind: 'partner-bill', cycle: first.cycle };
  const missing = months.find((fact) => !context.has('partner-bill', fact.cycle));
  return missing && { step: 'missing-file', kind: 'partner-bill', cycle: missing.cycle };
}

/** The ledger of an earlier month, which charges or gives back the order and may have taken the rest. */
function lacksLedger({ cycle, has }: RunContext, months: readonly OrderMonth[], verdict: OrderVerdict, paid: Money): Untold | undefined {
  if (!isShort(verdict, paid) || months.some((fact) => fact.cycle >= cycle)) return undefined;
  const missing = months.find((fact) => !has('account-statement', fact.cycle));
  return missing && { step: 'missing-file', kind: 'account-statement', cycle: missing.cycle };
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
export function holdBack({ heldBack }: AccountPass, code: AccountPass['heldBack'][number]['code'], { step, kind, cycle }: Untold): void {
  if (step !== 'scope') heldBack.push({ code, kind, cycle });
}
