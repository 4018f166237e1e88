import { addSums, judgeBillGroup } from '../../electron/core/judging/bill-group.ts';
import { associationsOf } from './associations.ts';
import type { BillBooking } from './bill-booking.ts';
import type { BillGroup } from './bill-groups.ts';
import type { Open } from './bill-matches.ts';
import { subjectOrigin } from './bill-origins.ts';
import { sumsOfRows, type Pool } from './bill-pools.ts';
import type { ConsumptionRow, GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

/**
 * Consumption that was traded while its customer was nobody's by the user's association history: it needs no bill line and stands in a step of its own.
 * Where nothing else of an order could be billed and it is billed all the same, it is judged like any other.
 */
export class BillAssociations {
  readonly #context: RunContext;
  readonly #booking: BillBooking;
  readonly #rows: GroupRows;
  readonly #known: ReturnType<typeof associationsOf>;

  constructor(context: RunContext, booking: BillBooking, rows: GroupRows) {
    this.#context = context;
    this.#booking = booking;
    this.#rows = rows;
    this.#known = associationsOf(context);
  }

  /**
   * Takes it out of the open orders that have something else too; orders that are nothing but that (`whole`) may still be billed together with others, as
   * may those that `mayPool`.
   */
  ofOrders(open: readonly Open[], mayPool: (group: BillGroup) => boolean): { open: readonly Open[]; whole: ReadonlySet<BillGroup> } {
    const whole = new Set<BillGroup>();
    const left = open.map((one): Open => {
      const { group, verdict } = one;
      if (group.tradeId === null || (verdict !== 'differs' && verdict !== 'consumption-only')) return one;
      const gone = this.#nobodys(group);
      if (gone.length === 0) return one;
      if (BigInt(gone.length) < group.rows) return verdict === 'differs' || !mayPool(group) ? this.#without(group, gone) : one;
      if (verdict === 'consumption-only') whole.add(group);
      return one;
    });
    return { open: left, whole };
  }

  /** The same of groups that are compared together, after they did not agree with it; undefined where nothing is left of them. */
  ofPool(pool: Pool): Pool | undefined {
    const gone = new Map(pool.members.map((group) => [group, this.#nobodys(group)]));
    const count = [...gone.values()].reduce((n, rows) => n + rows.length, 0);
    if (count === 0 || (BigInt(count) === pool.sums.rows && pool.sums.lines > 0n)) return pool;
    const left = pool.members.map((group) => (gone.get(group)!.length === 0 ? group : this.#without(group, gone.get(group)!).group));
    const members = left.filter((group) => group.lines + group.rows > 0n);
    if (members.length === 0) return undefined;
    const sums = addSums(members);
    return { members, sums, verdict: judgeBillGroup(sums, this.#context.settings.regime) };
  }

  /** All of an order that nothing billed. */
  book(group: BillGroup): void {
    this.#book(group, this.#nobodys(group));
  }

  #nobodys({ customerKey, tradeId, rows }: BillGroup): ConsumptionRow[] {
    const { cycle } = this.#context;
    if (rows === 0n || this.#known?.knows(customerKey) !== true) return [];
    const known = this.#known;
    return this.#rows
      .rows(cycle, customerKey, tradeId)
      .filter(
        (r) =>
          known.holding({ ...r, customerKey, at: r.tradedAt ?? r.consumedFrom, back: r.billClass === 'refund' || r.due < 0n }, cycle) ===
          'nobody',
      );
  }

  #book({ customerKey, tradeId }: BillGroup, gone: readonly ConsumptionRow[]): void {
    const own = sumsOfRows([], gone);
    this.#booking.bridge.step('not-associated', own.due, gone.length, () =>
      subjectOrigin({
        customerKey,
        tradeId,
        sums: own,
        referralRows: 0,
        lines: [],
        rows: gone,
        level: tradeId === null ? 'grain' : 'trade',
      }),
    );
  }

  #without(group: BillGroup, gone: readonly ConsumptionRow[]): Open {
    const { cycle, settings } = this.#context;
    const { customerKey, tradeId } = group;
    this.#book(group, gone);
    this.#rows.take(gone);
    const [lines, rows] = [this.#rows.lines(cycle, customerKey, tradeId), this.#rows.rows(cycle, customerKey, tradeId)];
    const sums = sumsOfRows(lines, rows);
    const kept = { lines: lines.map((l) => l.id), rows: rows.map((r) => r.id) };
    return { group: { ...group, ...sums, kept }, verdict: judgeBillGroup(sums, settings.regime) };
  }
}
