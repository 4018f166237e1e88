import { withoutRemainder, type BridgeOrigin, type BridgePart, type PartSink } from './bridge-part.ts';
import type { Money } from './money.ts';
import { counted } from './display-count.ts';

/** The ten pairs of statements, and the steps of each bridge in their order (handbook: bridges). `agreed` adds nothing and counts its rows. */
export const bridgeSteps = {
  'bill-total-lines': ['coupon', 'tax', 'adjustment', 'zero-floor', 'total-rounding'],
  'bill-consumption': [
    'partner-coupon',
    'tax',
    'settlement-discount',
    'adjustment',
    'month-edge',
    'scope',
    'agreed',
    'truncation',
    'referral',
    'precision-adjustment',
  ],
  'consumption-summary': ['write-off', 'freshness', 'sub-account', 'precision', 'agreed'],
  'consumption-performance': [
    'coupon',
    'flexi-purchase-coupon',
    'bonus',
    'debt',
    'write-off',
    'credit',
    'card-purchase',
    'no-performance-product',
    'monthly-settled-out',
    'too-fresh',
    'transferred',
    'agreed',
    'monthly-settled-in',
  ],
  'performance-summary': ['statement-without-detail', 'detail-without-statement', 'agreed'],
  'performance-incentive': [
    'no-rebate',
    'next-month',
    'no-rate',
    'rate',
    'rounding',
    'further-plan',
    'previous-month',
    'threshold-plan',
    'netting',
    'agreed',
  ],
  'incentive-summary': ['statement-without-detail', 'detail-without-statement', 'agreed'],
  'bill-account': ['not-deducted', 'referral-payment', 'other-month', 'basis', 'repayment', 'agreed'],
  'account-adjustment': ['month-edge', 'agreed'],
  'request-invoices': ['not-invoiced-yet', 'no-invoice-needed', 'agreed'],
} as const satisfies Record<string, readonly string[]>;
export type Pair = keyof typeof bridgeSteps;
export const pairs = Object.keys(bridgeSteps) as Pair[];
/**
 * Steps that a bridge has, before `agreed`, only where something ends in them: `scope` where a statement was marked as covering a part and rows stand
 * outside of it, `no-consumption` where the consumption that could explain a deduction is not imported, `missing-file` where that is another file,
 * `not-associated` where customers traded while the user's association history has them with no partner: they earn no performance then and need no bill
 * line.
 */
const optionalSteps = {
  'bill-consumption': ['not-associated'],
  'consumption-summary': ['scope'],
  'consumption-performance': ['scope', 'not-associated'],
  'bill-account': ['scope', 'no-consumption', 'missing-file'],
} as const satisfies { readonly [P in Pair]?: readonly string[] };
/** Steps of what was not judged, as a file that would tell is not imported: it is in the bridge, but nothing explains it. */
export const unjudgedSteps: readonly string[] = [
  'no-consumption',
  'missing-file',
] satisfies (typeof optionalSteps)['bill-account'][number][];
type Optional = typeof optionalSteps;
export type StepOf<P extends Pair> = (typeof bridgeSteps)[P][number] | (P extends keyof Optional ? Optional[P][number] : never);
/** All that a bridge of the pair may hold, in order. */
export function stepsOf<P extends Pair>(pair: P): readonly StepOf<P>[] {
  const steps: readonly StepOf<P>[] = bridgeSteps[pair];
  const optional: { readonly [Q in Pair]?: readonly string[] } = optionalSteps;
  return steps.flatMap((step) => (step === 'agreed' ? [...((optional[pair] ?? []) as readonly StepOf<P>[]), step] : [step]));
}

export interface BridgeStep {
  readonly step: string;
  readonly amount: Money;
  /** How many rows ended here (for a component step: rows with that component). */
  readonly rows: number;
}
export interface Bridge {
  readonly pair: Pair;
  readonly left: { readonly name: string; readonly total: Money };
  readonly right: { readonly name: string; readonly total: Money };
  readonly steps: readonly BridgeStep[];
  readonly unexplained: Money;
}
export interface SkippedBridge {
  readonly pair: Pair;
  readonly missing: readonly string[];
  /** Why, where no file is missing but what is there does not do: in two halves as a check's reason is. */
  readonly because?: string;
}

/** Left + Σ steps + unexplained did not give right: a defect of ours, never of the data. */
export class BridgeNotClosed extends Error {
  override readonly name = 'BridgeNotClosed';
}

/**
 * Collects one bridge. Every amount is added where it is met, left and right totals from the rows themselves, steps and unexplained from the
 * judgement of each group; no step is ever computed as the rest, so `close` can prove that nothing was lost.
 */
export class BridgeBuilder<P extends Pair> {
  readonly pair: P;
  readonly #names: { left: string; right: string };
  readonly #steps = new Map<string, { amount: Money; rows: number }>();
  #left = 0n;
  #right = 0n;
  #unexplained = 0n;
  readonly #sink: PartSink | undefined;

  /** `sink` hears the groups behind each amount; without one no origin is ever asked for. */
  constructor(pair: P, left: string, right: string, sink?: PartSink) {
    this.pair = pair;
    this.#names = { left, right };
    this.#sink = sink;
    sink?.begin();
    for (const step of stepsOf(pair)) this.#steps.set(step, { amount: 0n, rows: 0 });
  }
  left(amount: Money): void {
    this.#left += amount;
  }
  right(amount: Money): void {
    this.#right += amount;
  }
  /** Adds to a step, with the sign of what is added going from left to right; `origin` tells the group that the amount comes from. */
  step(step: StepOf<P>, amount: Money, rows: number | bigint, origin?: () => BridgeOrigin): void {
    const s = this.#steps.get(step)!;
    s.amount += amount;
    s.rows += Number(rows);
    if (this.#sink && (amount !== 0n || Number(rows) !== 0)) this.#sink.add(step, { ...this.#origin(step, origin), amount, rows });
  }
  /** Adds what many groups come to together; `parts` tells each of them. Throws BridgeNotClosed where they do not add up to it. */
  stepOver(step: StepOf<P>, amount: Money, rows: number | bigint, parts: () => Iterable<BridgePart>): void {
    const s = this.#steps.get(step)!;
    s.amount += amount;
    s.rows += Number(rows);
    if (!this.#sink) return;
    let [restAmount, restRows] = [amount, Number(rows)];
    for (const part of parts()) {
      restAmount -= part.amount;
      restRows -= Number(part.rows);
      this.#sink.add(step, part);
    }
    if (restAmount === 0n && restRows === 0) return;
    throw new BridgeNotClosed(`${this.pair}, ${step}: its groups miss ${restAmount} (1e-8 yuan) and ${counted(restRows, 'row')}`);
  }
  /** Groups whose rows end in no step; they add nothing. */
  withoutRemainder(origins: () => Iterable<BridgeOrigin>): void {
    if (!this.#sink) return;
    for (const origin of origins()) {
      this.#sink.add(withoutRemainder, { ...origin, amount: 0n, rows: Number(origin.leftRows) + Number(origin.rightRows) });
    }
  }
  #origin(step: string, origin: (() => BridgeOrigin) | undefined): BridgeOrigin {
    if (origin) return origin();
    throw new BridgeNotClosed(`${this.pair}, ${step}: an amount without its group`);
  }
  /** The bridge amount of one finding, with the sign of what is added going from left to right. */
  unexplained(amount: Money): void {
    this.#unexplained += amount;
  }
  close(): Bridge {
    const bridge: Bridge = {
      pair: this.pair,
      left: { name: this.#names.left, total: this.#left },
      right: { name: this.#names.right, total: this.#right },
      steps: stepsOf(this.pair).flatMap((step) => {
        const s = { step, ...this.#steps.get(step)! };
        const always = (bridgeSteps[this.pair] as readonly string[]).includes(step);
        return always || s.rows > 0 || s.amount !== 0n ? [s] : [];
      }),
      unexplained: this.#unexplained,
    };
    assertCloses(bridge);
    return bridge;
  }
}

/** Throws BridgeNotClosed with the amount that is missing; called when a bridge is computed and again when it is read back. */
export function assertCloses(bridge: Bridge): void {
  const sum = bridge.steps.reduce((s, x) => s + x.amount, bridge.left.total + bridge.unexplained);
  if (sum !== bridge.right.total) {
    throw new BridgeNotClosed(`${bridge.pair}: left + steps + unexplained = ${sum}, right = ${bridge.right.total} (1e-8 yuan)`);
  }
}
