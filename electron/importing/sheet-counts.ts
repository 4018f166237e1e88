import type { SignsSeen } from './refunds.ts';
import type { ControlTotal } from './totals.ts';

/** What was counted in a sheet. */
export interface SheetCounts {
  rows: number;
  accepted: number;
  readonly cycles: Map<string, number>;
  readonly statuses: ReadonlyMap<string, ReadonlySet<string>>;
  readonly notes: readonly string[];
  /** Rows that hold the header in another order, by which the rows below were read. */
  readonly reordered: readonly number[];
  readonly totals: { readonly found: readonly ControlTotal[]; readonly largest: bigint };
  readonly refunds: SignsSeen;
  readonly writeOffs: SignsSeen;
  readonly signs: { readonly changed: readonly { readonly row: number; readonly change: bigint }[] };
  /** Rows that were accepted and then refused, for nothing in the whole sheet told their sign. */
  readonly withdrawn: readonly number[];
  readonly currency: string | undefined;
  /** Largest number of decimals printed in the settlement column. */
  readonly scale: number;
}

/** The counts alone, as plain data. */
export function plainCounts(counted: SheetCounts): SheetCounts {
  const { rows, accepted, cycles, statuses, notes, reordered, totals, refunds, writeOffs, signs, withdrawn, currency, scale } = counted;
  return {
    rows,
    accepted,
    cycles,
    statuses,
    notes,
    reordered,
    totals: { found: totals.found, largest: totals.largest },
    refunds: plainSigns(refunds),
    writeOffs: plainSigns(writeOffs),
    signs: { changed: signs.changed },
    withdrawn,
    currency,
    scale,
  };
}

const plainSigns = ({ positive, negative, following }: SignsSeen): SignsSeen => ({ positive, negative, following });
