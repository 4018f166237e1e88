import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { isBeyond, type OrderVerdict } from '../../electron/core/judging/order-deduction.ts';
import type { Money } from '../../electron/core/money.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import type { OrderMonth } from './order-facts.ts';

/**
 * The month whose consumption would tell whether a month beside it bills a part of the order too: more was taken than the one bill that knows the order
 * has, and neither that consumption nor every bill beside it is imported. An order lies over two months at the most.
 */
export function lacksConsumption(
  { has }: RunContext,
  known: readonly Pick<OrderMonth, 'from' | 'cycle'>[],
  verdict: OrderVerdict,
  paid: Money,
): BillingCycle | undefined {
  const [month, ...more] = new Set(known.map((fact) => fact.cycle));
  if (month === undefined || more.length > 0 || known.some((fact) => fact.from === 'consumption')) return undefined;
  const isKnown = has('consumption', month) || neighbours(month).every((beside) => has('partner-bill', beside));
  return isKnown || !isBeyond(verdict, paid) ? undefined : month;
}
