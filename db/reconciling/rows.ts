import type { CheckCode } from '../../electron/core/checks.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import { listPriceReason, paymentPartsReason } from '../../electron/core/wording/consumption.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { addsUp } from './consumption-role.ts';
import type { CheckReport, Outcome, Reconciler, RunContext } from './context.ts';
import { fillFollowedRests, isFollowed } from './followed-rests.ts';
import { monthScan } from './month-scan.ts';
import { paymentRestSql } from './payment-parts.ts';
import { inSheets } from './sheet-steps.ts';

/** The arithmetic inside each consumption row (rules §1); that of bill lines is judged with the bill. */
export const rowChecks: Reconciler = { name: 'rows', run };

interface RowCheck {
  readonly code: CheckCode;
  /** SQL over `consumption c`: the row has the figures that the check needs. */
  readonly checkable: string;
  /** SQL: stated − expected, 0 in a sound row. */
  readonly rest: string;
  readonly stated: string;
  readonly reason: (expected: bigint, stated: bigint) => FindingDraft['reason'];
  readonly missing: string;
}

const noTruncation = 'c.list_price - c.discount_amount - c.amount_due';
/** Can so much be truncated of a row (rules §1.1)? Nothing of yearly and monthly orders, else less than a cent (or what `most` allows), with the row's sign. */
const mayBeTruncated = (
  amount: string,
  most = `abs(${amount}) < 1000000`,
): string => `((${amount}) = 0 OR coalesce(c.billing_mode, '') <> 'yearlyMonthly' AND (${most})
    AND (${amount}) * (CASE WHEN c.list_price < 0 THEN -1 ELSE 1 END) >= 0)`;
/** Without a 抹零 column the truncated fraction is what is left. */
const derived = `CASE WHEN ${mayBeTruncated(noTruncation)} THEN 0 ELSE ${noTruncation} END`;
/** A printed one has to make the sum, and none that cannot be makes it. */
const printed = `CASE WHEN ${noTruncation} <> c.truncated_amount THEN ${noTruncation} - c.truncated_amount
    WHEN ${mayBeTruncated('c.truncated_amount', `abs(c.truncated_amount) < 1000000 OR ${addsUp}`)} THEN 0 ELSE c.truncated_amount END`;

/** An adjustment, and dropped fractions that are charged later (25), have no list price: one of 0 says nothing of what is due. */
const unpriced = "(c.list_price = 0 AND c.discount_amount = 0 AND (c.bill_class IS 'adjustment' OR c.bill_type IS 25))";

const checks: readonly RowCheck[] = [
  {
    code: 'row.payment-parts',
    checkable: `coalesce(c.cash_amount, c.credit_amount, c.coupon_amount, c.flexi_purchase_coupon_amount, c.stored_value_card_amount, c.bonus_amount,
      c.debt_amount, c.write_off_amount) IS NOT NULL`,
    rest: paymentRestSql,
    stated: 'coalesce(c.amount_due, 0)',
    reason: paymentPartsReason,
    missing: '消费明细没有支付方式各列 / the consumption details have no payment columns',
  },
  {
    code: 'row.list-price',
    checkable: `c.list_price IS NOT NULL AND c.discount_amount IS NOT NULL AND c.amount_due IS NOT NULL AND NOT ${unpriced}`,
    rest: `CASE WHEN c.truncated_amount IS NULL THEN ${derived} ELSE ${printed} END`,
    stated: 'c.list_price',
    reason: listPriceReason,
    missing: '消费明细没有官网价或优惠金额一列 / the consumption details have no list price or discount column',
  },
];

function run(context: RunContext): Outcome {
  const { cycle } = context;
  if (!context.has('consumption', cycle)) {
    const skipped = missingFiles([{ kind: 'consumption', cycle }]);
    return { findings: [], checks: checks.map(({ code }) => ({ code, compared: 0, skipped })) };
  }
  const counts = countRows(context);
  const findings = checks.flatMap((check, i) => (counts[i]!.faults > 0n ? faults(context, check) : []));
  const reports = checks.map(({ code, missing }, i): CheckReport => {
    const compared = Number(counts[i]!.compared);
    return compared === 0 && counts[i]!.rows > 0n ? { code, compared, skipped: missing } : { code, compared };
  });
  return { findings, checks: reports };
}

/** One pass over each sheet: for each check the rows it can look at, and those that fail. */
function countRows(context: RunContext): { readonly rows: bigint; readonly compared: bigint; readonly faults: bigint }[] {
  const sums = checks.map(
    ({ checkable, rest }, i) => `sum(${checkable}) AS compared${i}, sum(CASE WHEN ${checkable} THEN ${rest} ELSE 0 END <> 0) AS faults${i}`,
  );
  const sheets = inSheets(context, 'counts', ['consumption', 'c'], (ask) =>
    ask<Record<string, bigint | null>>((from, where) => `SELECT count(*) AS rows, ${sums.join(', ')} FROM ${from} WHERE ${where}`),
  );
  const total = (name: string): bigint => sheets.flat().reduce((n, sheet) => n + (sheet[name] ?? 0n), 0n);
  return checks.map((_, i) => ({ rows: total('rows'), compared: total(`compared${i}`), faults: total(`faults${i}`) }));
}

interface Fault {
  readonly id: bigint;
  readonly customerKey: string;
  readonly accountName: string | null;
  readonly tradeId: string | null;
  readonly product: string | null;
  readonly mode: string | null;
  readonly billClass: string | null;
  readonly rest: bigint;
  readonly stated: bigint;
  /** The performance agrees with the amount due: the rest is no part of the bridge. */
  readonly followed: bigint;
}

function faults(context: RunContext, check: RowCheck): FindingDraft[] {
  const { db, cycle } = context;
  // The performance bridge leaves what a row's parts do not account for to this finding; without that bridge the finding stands alone.
  const bridged = check.code === 'row.payment-parts' && context.has('performance', cycle);
  if (bridged) fillFollowedRests(context);
  const rows = db
    .prepare<{ cycle: string }, Fault>(
      `SELECT c.id AS id, c.customer_key AS customerKey, c.account_name AS accountName, c.trade_id AS tradeId,
              coalesce(c.product_type, c.product_type_code) AS product, c.billing_mode AS mode, c.bill_class AS billClass,
              ${check.rest} AS rest, ${check.stated} AS stated, ${bridged ? isFollowed('c') : '0'} AS followed
         FROM ${monthScan('consumption', 'c')} AND ${check.checkable} AND ${check.rest} <> 0
        ORDER BY c.id`,
    )
    .all({ cycle });
  return rows.map((row) => ({
    code: check.code,
    businessKey:
      row.tradeId === null ? [row.customerKey, row.product ?? '', row.mode ?? '', row.billClass ?? ''] : [row.customerKey, row.tradeId],
    customerId: row.customerKey.startsWith('@') ? undefined : row.customerKey,
    accountName: row.accountName ?? undefined,
    tradeId: row.tradeId ?? undefined,
    productType: row.product ?? undefined,
    expected: row.stated - row.rest,
    stated: row.stated,
    reason: check.reason(row.stated - row.rest, row.stated),
    candidates: [],
    left: [row.id],
    right: [],
    ...(bridged ? { bridge: { pair: 'consumption-performance' as const, amount: row.followed ? 0n : -row.rest } } : {}),
  }));
}
