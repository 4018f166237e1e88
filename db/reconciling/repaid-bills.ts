import type { FindingDraft } from '../../electron/core/finding.ts';
import { meets } from '../../electron/core/judging/order-deduction.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { partOfAnother, repaidAgainReason } from '../../electron/core/wording/account.ts';
import { flowSql } from '../repayments.ts';
import { dueSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { withoutBillDraft } from './deduction-orders.ts';
import { customersOnAllocations, type Deduction } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';

/** So many months back a bill may be repaid. */
export const earlier = 6;

/** The months whose bills may be repaid in this one, oldest first. */
export const earlierMonths = (cycle: BillingCycle): BillingCycle[] =>
  Array.from({ length: earlier }, (_, i) => addMonths(cycle, i - earlier));

/** Money without an order number that left an account and may repay a bill. */
interface Outflow extends Deduction {
  readonly cycle: BillingCycle;
  readonly type: string;
  /** The month whose bill it repays, as the person said. */
  readonly allotted: BillingCycle | null;
}
/** An entry that comes to bills of which each has another repayment. */
export interface RepaidEntry {
  readonly entry: Outflow;
  readonly bills: readonly BillingCycle[];
}
/** What an earlier bill may be repaid by. */
interface EarlierBill {
  readonly cycle: BillingCycle;
  /** Its total as stated, else what its lines come to; 0 where the ledgers have all of its orders. */
  readonly whole: bigint;
  /** What its orders come to of which the ledgers have no entry. */
  readonly rest: bigint;
}

/** The bills of earlier months and what repaid them; both are read only where an amount was repaid before, or nothing else explains it. */
export class RepaidBills {
  readonly #context: RunContext;
  readonly #months: readonly BillingCycle[];
  readonly #outflows = new Map<BillingCycle, readonly Outflow[]>();
  #byAmount: ReadonlyMap<string, readonly Outflow[]> | undefined;
  #allotted: ReadonlyMap<BillingCycle | null, readonly Outflow[]> | undefined;
  #bills: readonly EarlierBill[] | undefined;

  constructor(context: RunContext) {
    this.#context = context;
    this.#months = earlierMonths(context.cycle);
  }

  /** The bills that an entry comes to, where each of them has another repayment of its amount; undefined where one may be open. */
  repaidBefore({ id, account, amount }: Deduction): RepaidEntry | undefined {
    const entry = this.#alike(account, amount).find((own) => own.id === id);
    const before = entry ? this.#before(entry) : [];
    if (!entry || before.length === 0) return undefined;
    const fits = this.#billed().filter(
      (bill) => (entry.allotted === null || bill.cycle === entry.allotted) && [bill.whole, bill.rest].some((of) => meets(entry.amount, of)),
    );
    const [oldest] = fits;
    if (!oldest) return undefined;
    const isWhole = fits.some((bill) => meets(entry.amount, bill.whole));
    const others = before.filter((own) => own.allotted === null && own.cycle > oldest.cycle && (saysRepayment(own) || isWhole));
    const allotted = new Set(before.flatMap((own) => (fits.some((bill) => bill.cycle === own.allotted) ? own.allotted! : [])));
    // A bill between that is not imported may have come to the same.
    const unknown = entry.allotted === null ? this.#months.filter((month) => month > oldest.cycle && !this.#isBilled(month)) : [];
    const repaid = allotted.size + (entry.allotted === null ? others.length : 0);
    return repaid >= fits.length + unknown.length ? { entry, bills: fits.map((bill) => bill.cycle) } : undefined;
  }

  /** The one earlier bill whose rest an entry comes to, less what the person allotted to it; undefined where something else did before. */
  restOf({ id, account, amount }: Deduction): BillingCycle | undefined {
    const entry = this.#alike(account, amount).find((own) => own.id === id);
    if (!entry || this.#before(entry).length > 0) return undefined;
    const [fit, ...more] = this.#billed().filter(({ cycle, rest }) => rest > 0n && meets(entry.amount, rest - this.#allottedTo(cycle)));
    return more.length === 0 ? fit?.cycle : undefined;
  }

  #allottedTo(cycle: BillingCycle): bigint {
    this.#allotted ??= Map.groupBy(this.#all(), (own) => own.allotted);
    return (this.#allotted.get(cycle) ?? []).reduce((n, own) => n + own.amount, 0n);
  }

  /** Entries of the month that repay a bill and are outside of its deductions. */
  transfers(): readonly Outflow[] {
    return this.#ofMonth(this.#context.cycle).filter((own) => own.type !== 'deduction');
  }

  /** Entries of the same account and amount that go before: those of earlier months, then what the person allotted, then what its type says. */
  #before(entry: Outflow): readonly Outflow[] {
    const rank = (own: Outflow): number => (own.cycle < this.#context.cycle ? 0 : own.allotted !== null ? 1 : saysRepayment(own) ? 2 : 3);
    const ordered = this.#alike(entry.account, entry.amount).toSorted((a, b) => rank(a) - rank(b));
    return ordered.slice(0, ordered.indexOf(entry));
  }

  #alike(account: string, amount: bigint): readonly Outflow[] {
    this.#byAmount ??= Map.groupBy(this.#all(), (own) => `${own.account}|${own.amount}`);
    return this.#byAmount.get(`${account}|${amount}`) ?? [];
  }

  #all(): readonly Outflow[] {
    return [...this.#months, this.#context.cycle].flatMap((month) => this.#ofMonth(month));
  }

  #ofMonth(month: BillingCycle): readonly Outflow[] {
    const known = this.#outflows.get(month);
    if (known) return known;
    const select = this.#context.db.prepare<{ cycle: string }, Outflow>(
      `SELECT a.id AS id, NULL AS tradeId, a.flow_id AS flowId, a.account AS account, a.traded_at AS at, a.trade_detail_type AS detail,
              -a.change_amount AS amount, a.cycle AS cycle, a.trade_type AS type,
              (SELECT r.cycle FROM repayment r WHERE r.account = a.account AND r.flow = ${flowSql}) AS allotted
         FROM ${monthScan('account_statement', 'a')} AND a.trade_id IS NULL AND a.change_amount < 0
          AND (a.trade_type IN ('deduction', 'repayment') OR a.trade_detail_type LIKE '%还款%' OR a.trade_detail_type LIKE '%repay%')
        ORDER BY a.traded_at, a.account, coalesce(a.flow_id, ''), a.id`,
    );
    const found = select.all({ cycle: month });
    this.#outflows.set(month, found);
    return found;
  }

  #isBilled(month: BillingCycle): boolean {
    return this.#context.has('partner-bill', month) || this.#context.has('bill-summary', month);
  }

  #billed(): readonly EarlierBill[] {
    return (this.#bills ??= this.#readBills());
  }

  #readBills(): EarlierBill[] {
    const { db, cycle } = this.#context;
    const stated = db.prepare<[string], bigint | null>('SELECT sum(amount_due) FROM bill_summary WHERE cycle = ? AND in_force = 1').pluck();
    const lines = db.prepare<{ cycle: string; until: string }, { customer: string; due: bigint; open: bigint }>(
      `SELECT b.customer_key AS customer, sum(${dueSql}) AS due,
              sum(CASE WHEN b.trade_id IS NULL OR b.trade_id NOT IN (
                    SELECT a.trade_id FROM account_statement a
                     WHERE a.cycle <= :until AND a.in_force = 1 AND a.trade_type IN ('deduction', 'refund') AND a.trade_id IS NOT NULL)
                  THEN ${dueSql} ELSE 0 END) AS open
         FROM ${monthScan('partner_bill', 'b')} GROUP BY b.customer_key`,
    );
    const allocated = customersOnAllocations(db, cycle);
    return this.#months.flatMap((month): EarlierBill[] => {
      if (!this.#isBilled(month)) return [];
      const customers = lines.all({ cycle: month, until: cycle });
      const due = customers.reduce((n, own) => n + own.due, 0n);
      const isOpen = customers.length === 0 || customers.some((own) => own.open !== 0n);
      const rest = customers.reduce((n, own) => (allocated.has(own.customer) ? n : n + own.open), 0n);
      return [{ cycle: month, whole: isOpen ? (stated.get(month) ?? due) : 0n, rest }];
    });
  }
}

const saysRepayment = ({ type, detail }: Outflow): boolean => type === 'repayment' || /还款|repay/i.test(detail ?? '');

/** A repayment of what was repaid before; only to be looked at while the person has not said which bill it repays. */
export function repaidAgain(context: RunContext, { entry, bills }: RepaidEntry): FindingDraft {
  const { severity: _, ...draft } = withoutBillDraft(context, entry);
  const reason = repaidAgainReason(entry.amount, bills);
  return entry.allotted === null
    ? { ...draft, severity: 'review', reason, candidates: [partOfAnother] }
    : { ...draft, reason, candidates: [] };
}
