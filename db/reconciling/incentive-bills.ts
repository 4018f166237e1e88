import type { FindingDraft } from '../../electron/core/finding.ts';
import type { IncentiveFault, RatedPerformance } from '../../electron/core/judging/performance-incentive.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { unratedBillCandidates, unratedBillReason } from '../../electron/core/wording/incentive.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import { FirstRows } from './first-rows.ts';

interface Bill {
  readonly id: string | null;
  readonly plans: Set<string>;
  readonly performances: FirstRows;
  readonly incentives: FirstRows;
  stated: bigint;
  /** The performance of the key that came last: several of its rows may be in the bill. */
  last?: readonly RatedPerformance[];
}

/**
 * Stated incentive that neither a policy table nor a printed rate allows to check: an ordinary month has it in every row or in none, so it is one
 * finding per incentive bill (per plan, where no bill is named), and all of its amount is unexplained.
 */
export class UnratedBills {
  readonly #bills = new Map<string, Bill>();
  readonly #db: ReadDb;
  readonly #rank: (row: RowId) => bigint;

  constructor(db: ReadDb, rank: (row: RowId) => bigint) {
    this.#db = db;
    this.#rank = rank;
  }
  add({ incentive, performances, stated }: IncentiveFault): void {
    if (!incentive) return;
    const id = prepared<[bigint], string | null>(this.#db, 'SELECT incentive_bill_id FROM incentive WHERE id = ?')
      .pluck()
      .get(incentive.id)!;
    const plan = incentive.plan ?? '';
    const key = id === null ? `|${plan}` : `${id}|`;
    let bill = this.#bills.get(key);
    if (!bill) {
      const rows = (): FirstRows => new FirstRows(this.#rank);
      bill = { id, plans: new Set(), performances: rows(), incentives: rows(), stated: 0n };
      this.#bills.set(key, bill);
    }
    bill.plans.add(plan);
    bill.stated += stated;
    bill.incentives.add(incentive.id);
    if (bill.last !== performances) for (const p of performances) bill.performances.add(p.id);
    bill.last = performances;
  }
  findings(): FindingDraft[] {
    return [...this.#bills.values()].map(({ id, plans, performances, incentives, stated }) => {
      const names = [...plans].filter(Boolean).sort();
      return {
        code: 'incentive.no-rate',
        businessKey: [id ?? names[0] ?? ''],
        recordId: id ?? undefined,
        expected: 0n,
        stated,
        reason: unratedBillReason(id, names, incentives.count, stated),
        candidates: unratedBillCandidates,
        left: performances.kept(),
        right: incentives.kept(),
        omitted: performances.count + incentives.count - performances.kept().length - incentives.kept().length,
        bridge: { pair: 'performance-incentive', amount: stated },
      };
    });
  }
}
