import type { FindingDraft } from '../../electron/core/finding.ts';
import { differenceParts, type DifferencePart, type TaxPair } from '../../electron/core/judging/incentive-parts.ts';
import type { IncentiveFault } from '../../electron/core/judging/performance-incentive.ts';
import { incentiveReason, missingIncentive, type IncentiveWords } from '../../electron/core/wording/incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import { customerIdOf } from '../customer-keys.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import { listRequests } from '../requests.ts';
import type { RunContext } from './context.ts';

interface Named {
  readonly customer_key: string | null;
  readonly account_name: string | null;
  readonly trade_id: string | null;
  readonly product_type: string | null;
  readonly performance_id: string | null;
}
type NamedIncentive = Named & { readonly incentive_row_id: string | null; readonly incentive_bill_id: string | null };

const columns = 'customer_key, account_name, trade_id, product_type, performance_id';

/** Rows that a finding lists, in its order, and how many there are. */
export interface ListedRows {
  readonly ids: readonly bigint[];
  readonly count: number;
}
const listedRows = (ids: readonly bigint[]): ListedRows => ({
  ids: ids.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  count: ids.length,
});

/** A finding on one incentive row (or, when it is missing, on its performance row): keyed and named as checks.md says. */
export function incentiveDraft(
  db: ReadDb,
  fault: IncentiveFault,
  taxes: readonly TaxPair[],
  performances: ListedRows = listedRows(fault.performances.map((p) => p.id)),
): FindingDraft {
  const stated = fault.incentive;
  const i =
    stated &&
    prepared<[bigint], NamedIncentive>(db, `SELECT ${columns}, incentive_row_id, incentive_bill_id FROM incentive WHERE id = ?`).get(
      stated.id,
    );
  const first = fault.performances[0];
  const p = first && prepared<[bigint], Named>(db, `SELECT ${columns} FROM performance WHERE id = ?`).get(first.id);
  const of = (key: keyof Named): string | undefined => i?.[key] ?? p?.[key] ?? undefined;
  const performanceId = of('performance_id');
  const record = i ? (i.incentive_row_id ?? i.incentive_bill_id ?? undefined) : performanceId;
  const missingKey = [performanceId ?? `${of('customer_key') ?? ''}|${of('trade_id') ?? ''}`, fault.plan ?? ''];
  const words: IncentiveWords = {
    code: fault.code,
    plan: fault.plan ?? stated?.plan,
    expected: fault.expected,
    stated: fault.stated,
    base: fault.base ?? first?.amount,
    printedBase: stated?.base,
    rate: fault.rate,
    slices: fault.slices,
    carriedFrom: fault.carriedFrom,
    printedRate: stated?.rate,
    parts: partsOf(fault, taxes),
  };
  return {
    code: fault.code,
    ...(fault.stated > fault.expected ? { severity: 'review' } : {}),
    businessKey: i ? [record ?? ''] : first ? missingKey : [fault.plan ?? ''],
    customerId: customerIdOf(of('customer_key')),
    accountName: of('account_name'),
    tradeId: of('trade_id'),
    productType: of('product_type'),
    recordId: record,
    performanceId,
    expected: fault.expected,
    stated: fault.stated,
    reason: incentiveReason(words),
    candidates: fault.code === 'incentive.missing' ? missingIncentive : [],
    left: performances.ids,
    right: stated ? [stated.id] : [],
    omitted: performances.count - performances.ids.length,
    bridge: { pair: 'performance-incentive', amount: fault.unexplained },
  };
}

/** What the difference of a stated row is made of, where its base and rate are known. */
function partsOf(fault: IncentiveFault, taxes: readonly TaxPair[]): readonly DifferencePart[] {
  const { code, incentive, base, rate, expected, stated, atPrintedBase } = fault;
  if (!incentive || base === undefined || rate === undefined) return [];
  const printed = { printedBase: incentive.base, printedRate: incentive.rate };
  return differenceParts({ expected, stated, base, rate, ...printed, tier: code === 'incentive.tier', atPrintedBase }, taxes);
}

/** The taxes between which the payment requests convert, up to those of the month after the run's. */
export function taxPairs({ db, cycle }: RunContext): TaxPair[] {
  const known = listRequests(db).filter(({ request }) => request.billingCycle <= addMonths(cycle, 1));
  const pairs = known.flatMap(({ request: r }) =>
    r.productTaxRate === undefined || r.taxRate === undefined
      ? []
      : [[`${r.productTaxRate}|${r.taxRate}`, { product: r.productTaxRate, partner: r.taxRate }] as const],
  );
  return [...new Map(pairs).values()];
}
