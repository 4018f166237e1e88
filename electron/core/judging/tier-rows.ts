import { absolute, type Money } from '../money.ts';

/** What a stated row of a tier plan names of the plan's scope; null = all of it. */
export interface NamedScope {
  readonly product: string | null;
  readonly association: string | null;
  readonly reseller: string | null;
}
/** Stated performance of one product, association type and reseller in the scope of a plan. */
export interface ScopeCell extends NamedScope {
  readonly amount: Money;
  /** Of products that should have no performance (policy 2, a stored-value card), stated all the same. */
  readonly refused: Money;
  /** Performance rows of both. */
  readonly rows: number;
}
export interface TierRow extends NamedScope {
  readonly base: Money | null;
  readonly amount: Money;
}
/** The base that a row should have. `surplus`: another row of the plan has this part of the scope already. */
export interface RowBase<R> {
  readonly row: R;
  readonly base: Money;
  readonly surplus: boolean;
}

/** The stated performance in the part of a plan's scope that a row names: without that of policy 2, then with it. */
export function scopeSum(cells: readonly ScopeCell[], named: NamedScope): readonly [own: Money, withRefused: Money] {
  let [own, refused] = [0n, 0n];
  for (const cell of cells) {
    if (!isIn(cell, named)) continue;
    own += cell.amount;
    refused += cell.refused;
  }
  return [own, own + refused];
}

/**
 * Divides a plan's scope among its stated rows. Invariant: every part of the scope is the base of at most one row, so that of two rows that each
 * state all of it only one can agree. Rows that name more of it come first; rows that name the same share it where their printed bases add up to it.
 * `pays` says whether a row's amount follows from a base, for rows that print none. Rows come in an order that does not depend on the import.
 */
export function divideScope<R extends TierRow>(
  rows: readonly R[],
  cells: readonly ScopeCell[],
  pays: (row: R, base: Money) => boolean,
): RowBase<R>[] {
  let free = cells;
  const groups = [...Map.groupBy(rows, scopeKey).values()].sort(
    (a, b) => precision(b[0]!) - precision(a[0]!) || (scopeKey(a[0]!) < scopeKey(b[0]!) ? -1 : 1),
  );
  const bases = new Map<R, RowBase<R>>();
  for (const group of groups) {
    const sums = scopeSum(free, group[0]!);
    free = free.filter((cell) => !isIn(cell, group[0]!));
    for (const share of shares(group, sums, pays)) bases.set(share.row, share);
  }
  return rows.map((row) => bases.get(row)!);
}

/**
 * The rows of one named part: one has all of it, several share it by their printed bases, or the best of them has it and the others are surplus.
 * Performance that should not be stated (policy 2, the purchase of a card) is a fault of its own, which is not counted again in the incentive that
 * follows from it: of the part with and without it, the one that is nearer to what the row says is its base.
 */
function shares<R extends TierRow>(
  group: readonly R[],
  [own, withRefused]: readonly [Money, Money],
  pays: (row: R, base: Money) => boolean,
): RowBase<R>[] {
  const fits = (row: R, base: Money): boolean => (row.base === null ? pays(row, base) : row.base === base);
  const printed = group.reduce((sum, row) => sum + (row.base ?? 0n), 0n);
  const split = group.length > 1 && group.every((row) => row.base !== null) && (printed === own || printed === withRefused);
  if (split) return group.map((row) => ({ row, base: row.base!, surplus: false }));
  const holder = group.find((row) => fits(row, own)) ?? group.find((row) => fits(row, withRefused)) ?? group[0]!;
  const base = fits(holder, own) || (holder.base !== null && isNearer(holder.base, own, withRefused)) ? own : withRefused;
  return group.map((row) => (row === holder ? { row, base, surplus: false } : { row, base: 0n, surplus: true }));
}

const isNearer = (printed: Money, own: Money, other: Money): boolean => absolute(printed - own) <= absolute(printed - other);

export const isIn = (cell: NamedScope, named: NamedScope): boolean =>
  (named.product === null || named.product === cell.product) &&
  (named.association === null || named.association === cell.association) &&
  (named.reseller === null || named.reseller === cell.reseller);
const scopeKey = (s: NamedScope): string => `${s.product ?? ''}|${s.association ?? ''}|${s.reseller ?? ''}`;
const precision = (s: NamedScope): number => Number(s.product !== null) + Number(s.association !== null) + Number(s.reseller !== null);
