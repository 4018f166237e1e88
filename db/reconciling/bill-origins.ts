import type { BridgeOrigin, PartRows } from '../../electron/core/bridge-part.ts';
import { naming, type Subject } from './bill-booking.ts';
import type { BillGroup } from './bill-groups.ts';
import type { Pool } from './bill-pools.ts';
import { GroupRows } from './bill-rows.ts';
import { resaleSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';

const matchOf = (g: BillGroup): Record<string, string | null> => ({ customer_key: g.customerKey, trade_id: g.tradeId });

/** Tells the groups behind the steps of bill ↔ consumption; only asked where a run is looked into. */
export class BillOrigins {
  readonly #context: RunContext;
  #rows: GroupRows | undefined;

  constructor(context: RunContext) {
    this.#context = context;
  }
  /** A group on its own, compared by its trade id. */
  group(g: BillGroup): BridgeOrigin {
    return {
      customerKey: g.customerKey,
      tradeId: g.tradeId,
      level: 'trade',
      left: g.customer,
      right: g.due,
      leftRows: g.lines,
      rightRows: g.rows,
      evidence: this.#evidence(g),
    };
  }
  /** A component of a group's lines: those in which `nonZero` is not 0, or all of them. */
  component(g: BillGroup, lines: bigint, nonZero?: 'coupon_amount' | 'tax_amount'): BridgeOrigin {
    const rows = { side: 'left', table: 'partner_bill', cycle: this.#context.cycle, match: matchOf(g) } as const;
    return {
      customerKey: g.customerKey,
      tradeId: g.tradeId,
      level: 'trade',
      left: g.lineDue,
      leftRows: lines,
      rightRows: 0,
      evidence: [nonZero ? { ...rows, nonZero } : rows],
      beside: true,
    };
  }
  /** The referral rows of a group, which no bill of the partner's holds. */
  referral(g: BillGroup): BridgeOrigin {
    const { db, cycle } = this.#context;
    const ids = (): bigint[] =>
      db
        .prepare<unknown[], bigint>(
          `SELECT c.id FROM consumption c
            WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id IS ? AND ${resaleSql} = 0 ORDER BY c.id`,
        )
        .pluck()
        .all(cycle, g.customerKey, g.tradeId);
    return {
      customerKey: g.customerKey,
      tradeId: g.tradeId,
      level: 'trade',
      right: g.referralDue,
      leftRows: 0,
      rightRows: g.referralRows,
      evidence: [g.rows === 0n ? this.#all('right', g) : { side: 'right', ids: ids() }],
    };
  }
  /** Groups that were compared together: a combined order, or a customer's rows of which a side has no trade ids. */
  pool({ members, sums }: Pool): BridgeOrigin {
    const first = members[0]!;
    return {
      customerKey: first.customerKey,
      tradeId: first.tradeId,
      level: first.tradeId === null ? 'customer' : 'combined',
      left: sums.customer,
      right: sums.due,
      leftRows: sums.lines,
      rightRows: sums.rows,
      evidence: members.flatMap((g) => this.#evidence(g)),
    };
  }
  #evidence(g: BillGroup): PartRows[] {
    if (g.kept)
      return [
        { side: 'left', ids: g.kept.lines },
        { side: 'right', ids: g.kept.rows },
      ];
    const { cycle } = this.#context;
    const lines: PartRows[] = g.lines > 0n ? [this.#all('left', g)] : [];
    if (g.rows === 0n) return lines;
    if (g.referralRows === 0n) return [...lines, this.#all('right', g)];
    this.#rows ??= new GroupRows(this.#context);
    return [...lines, { side: 'right', ids: this.#rows.rows(cycle, g.customerKey, g.tradeId).map((r) => r.id) }];
  }
  #all(side: 'left' | 'right', g: BillGroup): PartRows {
    return { side, table: side === 'left' ? 'partner_bill' : 'consumption', cycle: this.#context.cycle, match: matchOf(g) };
  }
}

/** A group or cell whose rows have been read already. */
export function subjectOrigin(subject: Subject): BridgeOrigin {
  const { lines, rows, sums } = subject;
  const { businessKey, productType } = naming(subject);
  const [, , mode, billClass] = subject.tradeId === null ? businessKey : [];
  return {
    customerKey: subject.customerKey,
    tradeId: subject.tradeId,
    product: productType ?? null,
    key: [mode || null, billClass || null],
    level: subject.level,
    left: sums.customer,
    right: sums.due,
    leftRows: sums.lines,
    rightRows: sums.rows,
    evidence: [
      { side: 'left', ids: lines.map((l) => l.id) },
      { side: 'right', ids: rows.map((r) => r.id) },
    ],
  };
}
