import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { Money } from '../../electron/core/money.ts';
import { isMonthEdge, type Times } from '../../electron/core/judging/month-edge.ts';
import { addMonths } from '../../electron/core/month.ts';
import { refundReason } from '../../electron/core/wording/account.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { paidInSum } from './account-origins.ts';
import type { AccountPass } from './account-pass.ts';
import { dueSql, taxedSql } from './bill-lines.ts';
import { resaleSql } from './consumption-role.ts';
import type { CheckReport, RunContext } from './context.ts';
import { customersOnAllocations, fillLedgerOpen } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { pairReturned, refundsByOriginal } from './returned-orders.ts';
import { cyclesOf, rowsOf } from './rows-of.ts';
import { outsideOf } from './scope.ts';
import { prepared } from '../prepared.ts';

/** A resale order of the month that comes to less than nothing; 1e-8 yuan. */
export interface Refund {
  readonly customerKey: string;
  readonly accountName: string | null;
  readonly tradeId: string;
  readonly originalTradeId: string | null;
  readonly product: string | null;
  readonly due: bigint;
}
interface Billed {
  readonly lines: bigint;
  readonly due: bigint;
  readonly taxed: bigint;
}

const code = 'account.refund-not-returned';

/**
 * Refunds of resale orders with no entry in the ledger of their month or a neighbour, under their own or the original's number, nor in a later one
 * under their own, though the original was deducted from an imported account. Where nothing imported tells of the original, the refund must be in the bill, and the ledger
 * must carry that customer's orders: it has an entry for at least one of them, and the customer does not live from allocations (rules §6).
 */
export function judgeRefunds(context: RunContext, pass: AccountPass): CheckReport {
  if (!context.has('consumption', context.cycle))
    return { code, compared: 0, skipped: missingFiles([{ kind: 'consumption', cycle: context.cycle }]) };
  const refunds = refundsOf(context);
  const entries = ledgerEntries(context, refunds);
  const ledgers = cyclesOf(context.db, 'account_statement').filter((month) => month <= context.cycle);
  const carried = lazily(() => carriedCustomers(context, refunds));
  const taken = (refund: Refund): boolean => pass.taken.orders.has(`${refund.customerKey}|${refund.tradeId}`);
  const isBack = cameBack(context, refunds.filter((refund) => !taken(refund)), entries); // prettier-ignore
  const beyondBill = outsideOf(context, 'partner-bill');
  const isBackInSum = pass.findings.some((f) => f.code === 'account.deduction-without-bill' && f.tradeId === undefined && f.stated < 0n);
  // A sum of refunds that no line explains may hold those whose lines were not exported.
  const mayBeInSum = ({ customerKey, accountName }: Refund): boolean =>
    isBackInSum && beyondBill?.({ customerKey, accountName, manager: null, at: null }) === true;
  const open = refunds.flatMap((refund) => {
    const original = refund.originalTradeId;
    if (taken(refund) || isBack(refund)) return [];
    const billed = billedOf(context, refund);
    const paidHere = original !== null && entries.deducted.has(original);
    const unknown = original === null || !isKnown(context, ledgers, refund.customerKey, original);
    if (!paidHere && !(unknown && billed.lines > 0n && carried().has(refund.customerKey))) return [];
    const isInSum = paidInSum(context, pass.taken, refund.customerKey, refund.tradeId) || (billed.lines === 0n && mayBeInSum(refund));
    return isInSum ? [] : [{ refund, billed }];
  });
  pass.looked.ahead ||= open.length > 0;
  const late = returnedLate(
    context,
    open.map((o) => o.refund),
  );
  for (const { refund, billed } of open) if (!late.has(refund.tradeId)) claim(context, pass, refund, billed);
  return { code, compared: refunds.length };
}

/** The month's refunds of resale orders, by customer and number. */
export function refundsOf({ db, cycle }: RunContext): Refund[] {
  return db
    .prepare<{ cycle: string }, Refund>(
      `SELECT c.customer_key AS customerKey, min(c.account_name) AS accountName, c.trade_id AS tradeId, min(c.original_trade_id) AS originalTradeId,
              CASE WHEN min(c.product_type) = max(c.product_type) THEN min(c.product_type) END AS product, sum(coalesce(c.amount_due, 0)) AS due
         FROM ${monthScan('consumption', 'c')} AND c.bill_class = 'refund' AND c.trade_id IS NOT NULL AND ${resaleSql} = 1
        GROUP BY c.customer_key, c.trade_id
       HAVING sum(coalesce(c.amount_due, 0)) < 0
        ORDER BY c.customer_key, c.trade_id`,
    )
    .all({ cycle });
}

interface Entries {
  readonly ids: ReadonlySet<string>;
  readonly refunded: ReadonlySet<string>;
  readonly deducted: ReadonlySet<string>;
}

/** Which of these refunds came back after the next month: under their own number, for another refund may name the original too. */
export function returnedLate({ db, cycle }: RunContext, refunds: readonly Refund[]): Set<string> {
  if (refunds.length === 0) return new Set();
  const returned = db
    .prepare<[string, string], string>(
      `SELECT DISTINCT a.trade_id FROM account_statement a
        WHERE a.in_force = 1 AND a.cycle > ? AND a.trade_id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(addMonths(cycle, 1), JSON.stringify(refunds.map((r) => r.tradeId)));
  return new Set(returned);
}

/** What the imported ledgers up to the next month say of these refunds and their originals. */
export function ledgerEntries({ db, cycle }: RunContext, refunds: readonly Refund[]): Entries {
  const orders = JSON.stringify(refunds.flatMap((r) => (r.originalTradeId === null ? [r.tradeId] : [r.tradeId, r.originalTradeId])));
  const set = (sql: string, values: readonly string[]): Set<string> =>
    new Set(
      db
        .prepare<string[], string>(sql)
        .pluck()
        .all(...values),
    );
  const named = `SELECT a.trade_id FROM account_statement a
    WHERE a.in_force = 1 AND a.trade_id IN (SELECT value FROM json_each(?)) AND a.id NOT IN (SELECT id FROM temp.said_apart)`;
  const [from, to] = [addMonths(cycle, -1), addMonths(cycle, 1)];
  return {
    // A refund may have the number of its purchase, which the month before deducted.
    ids: set(`${named} AND a.cycle BETWEEN ? AND ? AND (a.trade_type = 'refund' OR a.cycle >= ?)`, [orders, from, to, cycle]),
    refunded: set(`${named} AND a.cycle BETWEEN ? AND ? AND a.trade_type = 'refund'`, [orders, from, to]),
    deducted: set(`${named} AND a.cycle <= ? AND a.trade_type = 'deduction'`, [orders, to]),
  };
}

/** Customers of these refunds of whose orders the ledgers up to the next month have an entry, and that do not live from allocations. */
function carriedCustomers({ db, cycle }: RunContext, refunds: readonly Refund[]): Set<string> {
  const until = addMonths(cycle, 1);
  const customers = JSON.stringify([...new Set(refunds.map((r) => r.customerKey))]);
  const entries = `SELECT trade_id FROM account_statement
    WHERE cycle <= :until AND in_force = 1 AND trade_type IN ('deduction', 'refund') AND trade_id IS NOT NULL`;
  // The plus keeps the index from being searched for every pair of a customer and a trade id.
  const named = (table: string): string =>
    `SELECT customer_key FROM ${table} WHERE cycle = :month AND in_force = 1
        AND customer_key IN (SELECT value FROM json_each(:customers)) AND +trade_id IN (${entries})`;
  const found = db
    .prepare<{ month: string; until: string; customers: string }, string>(`${named('partner_bill')} UNION ${named('consumption')}`)
    .pluck();
  const months = new Set([...cyclesOf(db, 'partner_bill'), ...cyclesOf(db, 'consumption')].filter((month) => month <= until));
  const allocated = customersOnAllocations(db, until);
  return new Set([...months].flatMap((month) => found.all({ month, until, customers })).filter((customer) => !allocated.has(customer)));
}

/**
 * Did these refunds come back: under their own number, or under their original's, where entries of which no other refund knows may be for it? In the last
 * 24 hours of a month they may come back in the next one, whose ledger may not be there yet.
 */
export function cameBack(context: RunContext, refunds: readonly Refund[], entries: Entries): (refund: Refund) => boolean {
  const { db, cycle, has } = context;
  const unnamed = refunds.filter(
    (r) => !entries.ids.has(r.tradeId) && r.originalTradeId !== null && entries.refunded.has(r.originalTradeId),
  );
  const missing = unnamed.length > 0 ? notAmong(context, new Set(unnamed.map((r) => r.originalTradeId!))) : new Set<string>();
  const times = prepared<[string, string, string], Times>(
    db,
    `SELECT traded_at AS tradedAt, consumed_from AS consumedFrom, consumed_to AS consumedTo FROM consumption
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`,
  );
  const mayFollow = ({ customerKey, tradeId }: Refund): boolean =>
    !has('account-statement', addMonths(cycle, 1)) && times.all(cycle, customerKey, tradeId).some((row) => isMonthEdge(row, cycle));
  return (refund) => entries.ids.has(refund.tradeId) || (unnamed.includes(refund) && !missing.has(nameOf(refund))) || mayFollow(refund);
}

const nameOf = ({ customerKey, tradeId }: Pick<Refund, 'customerKey' | 'tradeId'>): string => `${customerKey}|${tradeId}`;

/** The refunds of these orders that no entry under the order's number comes to, where each of those entries comes to another refund. */
function notAmong(context: RunContext, originals: ReadonlySet<string>): Set<string> {
  const { db, cycle } = context;
  fillLedgerOpen(context, originals);
  const near = `a.in_force = 1 AND a.cycle BETWEEN ? AND ? AND a.id NOT IN (SELECT id FROM temp.said_apart)`;
  const months = [addMonths(cycle, -1), addMonths(cycle, 1)] as const;
  const back = db
    .prepare<string[], { tradeId: string; amount: bigint }>(
      `SELECT a.trade_id AS tradeId, -a.change_amount AS amount FROM account_statement a
        WHERE ${near} AND a.trade_type = 'refund' AND a.trade_id IN (SELECT trade_id FROM temp.ledger_open) ORDER BY a.traded_at, a.id`,
    )
    .all(...months);
  const byOriginal = refundsByOriginal(context);
  const numbers = JSON.stringify([...byOriginal.values()].flat().map(([refund]) => refund!.tradeId));
  const named = new Set(
    db
      .prepare<string[], string>(
        `SELECT a.trade_id FROM account_statement a WHERE ${near} AND a.trade_id IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(...months, numbers),
  );
  return new Set(
    [...byOriginal].flatMap(([original, refunds]) => {
      const own = back.filter(({ tradeId }) => tradeId === original);
      // Of equal ones the earlier came back.
      const unnamed = refunds.filter(([refund]) => !named.has(refund!.tradeId)).toSorted((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1));
      const { rest, open } = pairReturned(own, unnamed);
      return rest.length > 0 ? [] : open.map(([refund]) => nameOf(refund!));
    }),
  );
}

const firstOf = (returned: readonly { readonly cycle: string }[]): string =>
  returned.reduce((first, { cycle }) => (cycle < first ? cycle : first), returned[0]!.cycle);

/** Computed when first asked for: most months have no refund that needs it. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function billedOf({ db, cycle }: RunContext, refund: Refund): Billed {
  return prepared<[string, string, string], Billed>(
    db,
    `SELECT count(*) AS lines, coalesce(sum(${dueSql}), 0) AS due, coalesce(sum(${taxedSql}), 0) AS taxed FROM partner_bill b
        WHERE b.cycle = ? AND b.in_force = 1 AND b.customer_key = ? AND b.trade_id = ?`,
  ).get(cycle, refund.customerKey, refund.tradeId)!;
}

/** Does the consumption of a month with a ledger know the original order? Then its deduction would have been seen. */
function isKnown({ db }: RunContext, ledgers: readonly string[], customerKey: string, tradeId: string): boolean {
  const known = prepared<[string, string, string], unknown>(
    db,
    'SELECT 1 FROM consumption WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? LIMIT 1',
  );
  return ledgers.some((month) => known.get(month, customerKey, tradeId) !== undefined);
}

function claim(context: RunContext, pass: AccountPass, refund: Refund, billed: Billed): void {
  const bridged = billed.lines > 0n;
  const expected = expectedOf(context, pass, refund, billed);
  // A coupon that is not given back leaves nothing to return (rules §9).
  if (expected >= 0n) return;
  if (bridged) {
    pass.notDeducted.amount -= billed.due;
    pass.notDeducted.rows -= billed.lines;
    pass.taken.orders.add(`${refund.customerKey}|${refund.tradeId}`);
    const origin = (): BridgeOrigin => pass.origins.refund(refund.customerKey, refund.tradeId, billed.lines, billed.due);
    pass.bridge.step('basis', expected - billed.due, billed.lines, origin);
    pass.bridge.unexplained(-expected);
  }
  const bridge = bridged ? { bridge: { pair: 'bill-account' as const, amount: -expected } } : {};
  pass.findings.push({ ...refundDraft(context, refund, expected), ...bridge });
}

/** What should have come back: what the bill has, else what it should have, on the basis of the ledger's other entries. */
function expectedOf({ cycle }: RunContext, { convention, charged, rates }: AccountPass, refund: Refund, billed: Billed): Money {
  if (convention === 'customer') return refund.due;
  return charged(billed.lines > 0n ? billed[convention] : (rates.onlyDue({ ...refund, cycle }) ?? refund.due));
}

/** The finding on a refund that should have come back with this amount. */
export function refundDraft({ db, cycle }: RunContext, refund: Refund, expected: Money): FindingDraft {
  const match = { customer_key: refund.customerKey, trade_id: refund.tradeId };
  return {
    code,
    businessKey: [refund.customerKey, refund.tradeId],
    customerId: refund.customerKey.startsWith('@') ? undefined : refund.customerKey,
    accountName: refund.accountName ?? undefined,
    tradeId: refund.tradeId,
    productType: refund.product ?? undefined,
    expected,
    stated: 0n,
    reason: refundReason(-expected, refund.originalTradeId),
    candidates: [],
    left: rowsOf(db, 'partner_bill', cycle, match),
    right: rowsOf(db, 'consumption', cycle, match),
  };
}
