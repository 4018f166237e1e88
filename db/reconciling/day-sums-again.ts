import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { meets } from '../../electron/core/judging/order-deduction.ts';
import { cutToCent, roundToCent } from '../../electron/core/money.ts';
import { twiceInSumReason } from '../../electron/core/wording/account.ts';
import { hasRefundSql } from './account-origins.ts';
import type { AccountPass } from './account-pass.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { deductionDraft } from './deduction-orders.ts';
import { comesTo, paidBy, total, type Cell } from './day-sums.ts';
import { deductionsOf, fillLedgerOpen, ledgerOfMonth, type Deduction } from './ledger-orders.ts';
import { factsOfOrder } from './order-facts.ts';

/** An order all of whose lines are of one day, and that entries of its own pay. */
interface Single extends Cell {
  readonly trade: string;
  readonly entries: readonly Deduction[];
}
export const isSingle = (cell: Cell): cell is Single => 'trade' in cell;
const paidOf = ({ entries }: Single): bigint => entries.reduce((sum, { amount }) => sum + amount, 0n);

/** The orders of these days that their own entries pay, as far as nobody joined them or set them apart, by day; one pass over the month's bill. */
export function singlesOfDays(context: RunContext, { said, taken }: AccountPass, days: readonly string[]): Map<string, Single[]> {
  const { db, cycle } = context;
  const orders = db
    .prepare<{ cycle: string; days: string }, Omit<Single, 'entries' | 'dueInCents' | 'taxedInCents' | 'dueCut' | 'taxedCut'>>(
      `SELECT min(substr(b.traded_at, 1, 10)) AS day, min(b.billing_mode) AS mode, min(b.customer_key) AS customer, b.trade_id AS trade,
              min(coalesce(b.product_type, b.product_type_code)) AS product, ${hasRefundSql} AS back, count(*) AS lines,
              sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS before
         FROM partner_bill b
        WHERE b.cycle = :cycle AND b.in_force = 1 AND b.trade_id IN (SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL)
        GROUP BY b.trade_id
       HAVING day IN (SELECT value FROM json_each(:days)) AND day = max(substr(b.traded_at, 1, 10)) AND count(*) = count(b.traded_at)
          AND count(DISTINCT b.customer_key) = 1
        ORDER BY b.trade_id`,
    )
    .all({ cycle, days: JSON.stringify(days) });
  fillLedgerOpen(
    context,
    orders.map((o) => o.trade),
  );
  const entries = Map.groupBy(deductionsOf(context, 'open'), (entry) => entry.tradeId!);
  const singles = orders.map((o): Single => ({
    ...o,
    entries: entries.get(o.trade)!,
    dueInCents: roundToCent(o.due),
    taxedInCents: roundToCent(o.taxed),
    dueCut: cutToCent(o.due),
    taxedCut: cutToCent(o.taxed),
  }));
  const isPaid = (single: Single): boolean =>
    paidOf(single) > 0n &&
    [single.due, single.taxed, single.before].some((basis) => meets(paidOf(single), basis)) &&
    !taken.apart.has(`${single.customer}|${single.trade}`) &&
    !single.entries.some(({ id }) => said.apart.has(id) || said.joined.has(id));
  return Map.groupBy(singles.filter(isPaid), (single) => single.day);
}

/** The cells that a sum pays together with orders that have entries of their own; undefined where it pays none of both, or nobody can tell which. */
export function paidAgain(cells: readonly Cell[], singles: readonly Single[], { amount }: Deduction): readonly Cell[] | undefined {
  if (amount <= 0n || cells.length === 0 || singles.length === 0) return undefined;
  const all = paidBy([...cells, ...singles], amount, 1) ?? withOne(cells, singles, amount);
  return all !== undefined && all !== 'several' && all.some(isSingle) && !all.every(isSingle) ? all : undefined;
}

/** All that is open of a customer's day with one of its orders that were deducted by themselves; undefined where several fit. */
function withOne(cells: readonly Cell[], singles: readonly Single[], amount: bigint): readonly Cell[] | undefined {
  const ofCustomer = Map.groupBy(cells, (cell) => cell.customer);
  const found = singles.flatMap((single) => {
    const own = ofCustomer.get(single.customer);
    return own && comesTo(own, amount - paidOf(single)) ? [[...own, single]] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Books what is right of such a sum against the lines that it pays, and tells of each order that it takes once more. */
export function bookPaidAgain(
  context: RunContext,
  pass: AccountPass,
  entry: Deduction,
  own: readonly Cell[],
  singles: readonly Single[],
): void {
  const [due, lines] = [total(own, 'due'), total(own, 'lines')];
  const again = singles.reduce((sum, single) => sum + paidOf(single), 0n);
  const right = entry.amount - again;
  const origin = (): BridgeOrigin => {
    const whole = pass.origins.entry(entry, own);
    return { ...whole, right, rightRows: 0, evidence: whole.evidence.filter(({ side }) => side === 'left') };
  };
  if (due === right) pass.bridge.step('agreed', 0n, lines, origin);
  else pass.bridge.step('basis', right - due, lines, origin);
  for (const single of singles) {
    const amount = paidOf(single);
    const facts = factsOfOrder(context, context.cycle, single.customer, single.trade);
    const what = {
      code: 'account.deducted-twice' as const,
      expected: amount,
      stated: amount * 2n,
      reason: twiceInSumReason(amount, entry.amount),
    };
    pass.bridge.unexplained(amount);
    const draft = deductionDraft(context, what, single.entries.at(-1)!, [...single.entries, entry], facts);
    pass.findings.push({ ...draft, bridge: { pair: 'bill-account', amount } });
  }
}
