import type { ScopeCell } from '../../electron/core/judging/tier-rows.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import { rowsPerSheet } from '../../electron/core/row-id.ts';
import type { RunContext } from './context.ts';
import { performanceColumns, type LinkRow } from './incentive-links.ts';
import { rater, type Rated } from './incentive-policy.ts';
import { sheetsByRank } from './rows-of.ts';

/** In place of plans where no policy table names them: what a row of any plan could have as its base. */
export const anyPlan = '';

type Part = Pick<ScopeCell, 'product' | 'association' | 'reseller'>;
type Sum = { -readonly [K in keyof ScopeCell]: ScopeCell[K] };

/** Σ stated performance in the scope of each tier plan, kept by what a stated row may name. */
export class TierBases {
  readonly #cells = new Map<string, Map<string, Sum>>();

  add(plan: string, { product, association, reseller }: Part, amount: bigint, refused: boolean, rows = 1): void {
    const cells = this.#cells.get(plan) ?? new Map<string, Sum>();
    this.#cells.set(plan, cells);
    const key = `${product}|${association}|${reseller}`;
    const cell = cells.get(key) ?? { product, association, reseller, amount: 0n, refused: 0n, rows: 0 };
    if (refused) cell.refused += amount;
    else cell.amount += amount;
    cell.rows += rows;
    cells.set(key, cell);
  }
  cells(plan: string): readonly ScopeCell[] {
    return [...(this.#cells.get(plan)?.values() ?? [])];
  }
}

/** A performance row of any month with what the policy says about it there. */
export interface ScopeRow {
  readonly id: bigint;
  readonly part: Part;
  readonly amount: bigint;
  readonly rated: Rated;
}

/** The scopes of tier plans month by month: of the run's month as its rows are judged, of others (periods, late rows) when they are asked for. */
export class TierScopes {
  readonly #context: RunContext;
  readonly #policy: readonly PolicyRow[];
  readonly #months = new Map<string, TierBases>();
  readonly #own: TierBases;

  constructor(context: RunContext, policy: readonly PolicyRow[], own: TierBases) {
    this.#context = context;
    this.#policy = policy;
    this.#own = own;
  }
  /** The cells of a plan in a month; by reseller only where asked, for that reads all of the month's performance. */
  cells(plan: string, cycle: BillingCycle, byReseller = false): readonly ScopeCell[] {
    if (cycle === this.#context.cycle && !byReseller) return this.#own.cells(plan);
    const key = `${cycle}|${byReseller}`;
    let bases = this.#months.get(key);
    if (!bases) {
      bases = new TierBases();
      this.#months.set(key, bases);
      for (const { part, amount, rated } of this.rows(cycle)) {
        const { product, association, reseller } = part;
        const cell = { product, association, reseller: byReseller ? reseller : null };
        for (const name of rated.tierPlans) bases.add(name, cell, amount, rated.refused);
      }
    }
    return bases.cells(plan);
  }
  /** The performance rows of a month that may earn in a plan, in the order in which findings list them. */
  *rows(cycle: BillingCycle): Iterable<ScopeRow> {
    const rate = rater({ ...this.#context, cycle }, this.#policy);
    const { db } = this.#context;
    const select = db.prepare<[bigint, bigint, string], LinkRow & { readonly reseller: string | null }>(
      `SELECT ${performanceColumns("''")}, coalesce(p.reseller_name, p.reseller_id) AS reseller
         FROM performance p NOT INDEXED WHERE p.id BETWEEN ? AND ? AND p.cycle = ? AND p.in_force = 1 ORDER BY p.id`,
    );
    for (const sheet of sheetsByRank(db, 'performance', cycle)) {
      for (const row of select.iterate(sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n, cycle)) {
        const rated = rate(row);
        if (!rated.rebate && !rated.refused) continue;
        const part = { product: row.product, association: row.association_type, reseller: row.reseller };
        yield { id: row.id, part, amount: row.amount, rated };
      }
    }
  }
}
