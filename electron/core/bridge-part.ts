import type { IncentiveShare, PlanProgress } from './incentive-share.ts';
import type { Money } from './money.ts';
import type { RowId } from './row-id.ts';

/**
 * At which level the sides of a group met: one trade or order, a combined order with its children, what a person joined, a cell of product, mode and class, a product, a
 * customer, one row, one statement, one day's lines, one payment request, the whole month, or no more than within the bound of truncation.
 */
export const partLevels = [
  'trade',
  'combined',
  'joined',
  'grain',
  'product',
  'customer',
  'row',
  'statement',
  'day',
  'request',
  'month',
  'bound',
] as const;
export type PartLevel = (typeof partLevels)[number];

/** Rows of one side: their ids, or the rows in force of a month with exactly these values (null matches NULL). */
export type PartRows =
  | { readonly side: 'left' | 'right'; readonly ids: readonly RowId[] }
  | {
      readonly side: 'left' | 'right';
      readonly table: string;
      readonly cycle: string;
      /** Column → value; the column `product` is the product type, else its code. */
      readonly match: Readonly<Record<string, string | null>>;
      /** Only rows in which this column is not 0. */
      readonly nonZero?: string;
    };

/** The group behind an amount of a bridge: what it is keyed by, what each side comes to, and its rows. Amounts are 1e-8 yuan. */
export interface BridgeOrigin {
  readonly customerKey?: string | null;
  readonly tradeId?: string | null;
  readonly product?: string | null;
  /** Further parts of its key: statement, request, flow, plan, mode, class, day. */
  readonly key?: readonly (string | null)[];
  readonly level: PartLevel;
  readonly left?: Money;
  readonly right?: Money;
  readonly leftRows: number | bigint;
  readonly rightRows: number | bigint;
  readonly evidence: readonly PartRows[];
  /** Only a component of these rows went into the step: they end elsewhere. */
  readonly beside?: boolean;
}

/** One group's share of a step. */
export interface BridgePart extends BridgeOrigin {
  readonly amount: Money;
  readonly rows: number | bigint;
}

/** Rows that no step counts: all of their amount left with its components, or the bridge has no step for what agrees. */
export const withoutRemainder = 'without-remainder';

/** Hears where every amount of one pair comes from; there is none in a normal run, which then asks for no origin. */
export interface PartSink {
  /** A bridge begins; what was heard of an attempt before it no longer counts. */
  begin(): void;
  add(step: string, part: BridgePart): void;
  /** What each judgement of performance ↔ incentive came to. */
  share?(share: IncentiveShare): void;
  /** The indicator of each tier plan. */
  plan?(plan: PlanProgress): void;
}
