import type { PaymentRequest } from '../invoice.ts';
import type { Money } from '../money.ts';
import { paidInFullOn, type Progress } from '../progress.ts';
import { stageOfStatus } from '../request-status.ts';

/** A request with the money that came for it. */
export interface PaidRequest {
  readonly request: PaymentRequest;
  readonly progress: Progress;
  /** The last day on which payment is in time; absent where no receipt is known, or nothing is to be paid. */
  readonly promise?: string;
  /** That day is past. */
  readonly past: boolean;
}

/** Two amounts that should be one. */
export interface AmountVerdict {
  readonly expected: Money;
  readonly stated: Money;
}

/** What was compared, and what is wrong with it: at most one finding of each, and no yuan in both. */
export interface PaymentVerdict {
  readonly amountCompared: boolean;
  /** Requested against received. */
  readonly amount?: AmountVerdict;
  readonly lateCompared: boolean;
  /** What should have come by the promise against what had; `on` is the day on which the whole amount was there, absent while it is not. */
  readonly late?: AmountVerdict & { readonly on?: string };
}

/**
 * Invariants: money received = money requested, and it comes by the promise (rules §5).
 *
 * The amount is judged once a payment is entered and nothing more is awaited: a payment was told to be the last one, or the vendor's status is
 * 已完成, or the promise is past; and always where more came than was requested. A part payment before the promise is none.
 * Late is what came after the promise, or, where nothing came at all by now, the whole. What is short by then is in the amount.
 */
export function judgePayment({ request, progress, promise, past }: PaidRequest): PaymentVerdict {
  const { amount } = request;
  const { payments, received, toldComplete } = progress;
  const entered = payments.length > 0;
  const settled = toldComplete || stageOfStatus(request.status) === 'paid' || past || received > amount;
  const wrong = entered && settled && received !== amount;
  const lateCompared = promise !== undefined;
  const late = promise === undefined ? undefined : lateMoney(amount, progress, promise, past);
  const on = paidInFullOn(amount, progress);
  return {
    amountCompared: entered,
    ...(wrong && { amount: { expected: amount, stated: received } }),
    lateCompared,
    ...(late && { late: { ...late, ...(on !== undefined && { on }) } }),
  };
}

function lateMoney(amount: Money, { payments, received }: Progress, promise: string, past: boolean): AmountVerdict | undefined {
  if (payments.length === 0) return past ? { expected: amount, stated: 0n } : undefined;
  const capped = (sum: Money): Money => (sum > amount ? amount : sum);
  const inTime = payments.reduce((sum, { on, amount: paid = 0n }) => (on <= promise ? sum + paid : sum), 0n);
  const [expected, stated] = [capped(received), capped(inTime)];
  return stated < expected ? { expected, stated } : undefined;
}
