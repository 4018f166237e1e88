import type { FindingDraft } from '../../electron/core/finding.ts';
import { flawOf } from '../../electron/core/judging/bill-flaw.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import { duePartsReason, settlementReason } from '../../electron/core/wording/bill.ts';
import { naming, type Claim } from './bill-booking.ts';
import { addBillFunctions, flawedSql } from './bill-lines.ts';
import { GroupRows } from './bill-rows.ts';
import { addRoleFunctions } from './consumption-role.ts';
import type { CheckReport, RunContext } from './context.ts';

interface Group {
  readonly customerKey: string;
  readonly tradeId: string | null;
}

/** Prints any line of the month all three figures that bill.settlement compares? */
export const printsSettlement = ({ db, cycle }: RunContext): boolean =>
  db
    .prepare<[string]>(
      `SELECT 1 FROM partner_bill WHERE cycle = ? AND in_force = 1 AND customer_amount IS NOT NULL AND settlement_rate IS NOT NULL
          AND settlement_amount IS NOT NULL LIMIT 1`,
    )
    .get(cycle) !== undefined;

/** Why bill.settlement had nothing to look at. */
export const noSettlement = (cycle: BillingCycle): string =>
  `${cycle} 的账单没有同时列出客户消费金额、结算折扣和结算金额的行 / no line of the bill of ${cycle} prints customer amount, settlement rate and settlement amount`;

/** The arithmetic of the bill's lines where the month's consumption is not imported: no bridge, only what a line says against itself. */
export function settleAlone(context: RunContext): { findings: FindingDraft[]; check: CheckReport } {
  const { db, cycle } = context;
  addBillFunctions(context);
  addRoleFunctions(context);
  const compared = db
    .prepare<[string], bigint>('SELECT count(*) FROM partner_bill WHERE cycle = ? AND in_force = 1 AND settlement_amount IS NOT NULL')
    .pluck()
    .get(cycle)!;
  const groups = db
    .prepare<[string], Group>(
      `SELECT DISTINCT b.customer_key AS customerKey, b.trade_id AS tradeId FROM partner_bill b
        WHERE b.cycle = ? AND b.in_force = 1 AND ${flawedSql} = 1 ORDER BY b.customer_key, b.trade_id`,
    )
    .all(cycle);
  const rows = new GroupRows(context);
  const check = printsSettlement(context) ? { compared: Number(compared) } : { compared: 0, skipped: noSettlement(cycle) };
  return { findings: groups.flatMap((g) => findingsOf(context, rows, g)), check: { code: 'bill.settlement', ...check } };
}

function findingsOf({ cycle }: RunContext, rows: GroupRows, { customerKey, tradeId }: Group): FindingDraft[] {
  const lines = rows.lines(cycle, customerKey, tradeId);
  const { settlements, parts } = flawOf(lines);
  const of = (claim: Omit<Claim, 'unexplained'>): FindingDraft => ({
    ...claim,
    ...(claim.stated < claim.expected ? { severity: 'review' as const } : {}),
    ...naming({ customerKey, tradeId, lines, rows: [] }),
    candidates: [],
    left: lines.map((l) => l.id),
    right: [],
  });
  return [
    ...settlements.map(({ lines: wrong, expected, stated, rates }) =>
      of({ code: 'bill.settlement', expected, stated, reason: settlementReason(wrong.length, expected, stated, rates) }),
    ),
    ...parts.map(({ lines: wrong, expected, stated }) =>
      of({ code: 'row.payment-parts', expected, stated, reason: duePartsReason(wrong.length, expected, stated) }),
    ),
  ];
}
