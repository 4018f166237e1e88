import { meets } from '../../electron/core/judging/order-deduction.ts';
import type { CellKey } from './account-origins.ts';

/** What one sum of a day may pay, with what it comes to on each basis. */
export interface Cell extends CellKey {
  readonly lines: bigint;
  readonly due: bigint;
  readonly taxed: bigint;
  readonly before: bigint;
  /** Σ due and Σ due with tax of its orders, each rounded to cents, and each without its fraction of a cent (rules §2). */
  readonly dueInCents: bigint;
  readonly taxedInCents: bigint;
  readonly dueCut: bigint;
  readonly taxedCut: bigint;
}

/** What may be deducted in one sum: the whole day first, then its parts, the coarsest first. */
const groupings: readonly ((c: Cell) => string)[] = [
  () => '',
  (c) => `${c.mode}`,
  (c) => c.customer,
  (c) => `${c.product}`,
  (c) => `${c.customer}|${c.mode}`,
  (c) => `${c.product}|${c.mode}`,
  (c) => `${c.customer}|${c.product}`,
  (c) => `${c.customer}|${c.product}|${c.mode}`,
];

type Sum = 'lines' | 'due' | 'taxed' | 'before' | 'dueInCents' | 'taxedInCents' | 'dueCut' | 'taxedCut';
export const total = (cells: readonly Cell[], of: Sum): bigint => cells.reduce((sum, c) => sum + c[of], 0n);
const bases: readonly Sum[] = ['due', 'taxed', 'before', 'dueInCents', 'taxedInCents', 'dueCut', 'taxedCut'];

/** The cells that together come to the amount, all of the day, else what goes its way only: refunds may come back in a sum of their own. */
export function paidBy<C extends Cell>(cells: readonly C[], amount: bigint, entries: number): readonly C[] | 'several' | undefined {
  const oneWay = cells.filter((c) => Number(c.back) === Number(amount < 0n));
  return groupPaidBy(cells, amount, entries) ?? (oneWay.length < cells.length ? groupPaidBy(oneWay, amount, entries) : undefined);
}

/** Of several groups of a kind that come to the amount the first only where so many entries of the amount are there as groups. */
function groupPaidBy<C extends Cell>(cells: readonly C[], amount: bigint, entries: number): readonly C[] | 'several' | undefined {
  for (const grouping of groupings) {
    const groups = [...Map.groupBy(cells, grouping).values()];
    const fitting = groups.filter((group) => bases.some((basis) => meets(amount, total(group, basis))));
    if (fitting.length > entries) return 'several';
    if (fitting[0]) return fitting[0];
  }
  return undefined;
}
