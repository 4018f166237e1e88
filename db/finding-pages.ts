import type { CheckCode, Severity } from '../electron/core/checks.ts';
import { findingStatuses } from '../electron/core/checks.ts';
import { disputeViews, type DisputeRecord, type DisputeView, type EarlierSending, type FindingSort } from '../electron/core/dispute.ts';
import type { StoredFinding } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { earlierSendings } from './dispute-rounds.ts';
import {
  countCarried,
  dueSql,
  viewSql,
  where,
  whereDisputes,
  type Condition,
  type DisputeFilter,
  type FindingFilter,
} from './finding-filter.ts';
import { decodeFinding, findingColumns, type RawFinding } from './findings.ts';
import type { ReadDb } from './open.ts';

/** A finding in a list, with what lists show of it beside what a run found. */
export interface ListedFinding extends StoredFinding, DisputeRecord {
  /** Who looks after the customer; '' where nobody is named. */
  readonly manager: string;
  /** The day on which a run first found it. */
  readonly firstSeen: string;
  /** The typed date until which it should be sent and answered. */
  readonly due: string | null;
  /** What was sent before the sending that stands, the first one first. */
  readonly earlier: readonly EarlierSending[];
}
/** Which findings a page has, and of which one (by key) it says where it stands in the whole list. `today` is "YYYY-MM-DD". */
export interface AskedPage {
  readonly offset: number;
  readonly limit: number;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly today: string;
  readonly find?: string | undefined;
}
interface Listed {
  readonly findings: ListedFinding[];
  /** Of the finding that was to be found, where it is listed: its index. */
  readonly at?: number;
}
export interface FindingPage extends Listed {
  /** How many findings of earlier months are still open, whatever is asked for. */
  readonly carried: number;
  readonly total: number;
  readonly totalDifference: bigint;
  readonly counts: { code: CheckCode; severity: Severity; count: number; difference: bigint }[];
}
export interface DisputePage extends Listed {
  readonly total: number;
  /** Σ of the differences without their signs: as much as is in dispute. */
  readonly amount: bigint;
  readonly recovered: bigint;
  readonly views: readonly { readonly view: DisputeView; readonly count: number; readonly amount: bigint; readonly recovered: bigint }[];
}

const statusPlace = `CASE status ${findingStatuses.map((s, i) => `WHEN '${s}' THEN ${i}`).join(' ')} END`;
/** What each order compares first; `empty` ones come last either way. */
const orders: Readonly<Record<Exclude<FindingSort, 'order'>, { readonly by: string; readonly empty?: string; readonly turned?: true }>> = {
  cycle: { by: 'cycle' },
  code: { by: 'code' },
  customer: { by: 'coalesce(account_name, customer_id)', empty: 'coalesce(account_name, customer_id) IS NULL' },
  manager: { by: 'manager', empty: `manager = ''` },
  tradeId: { by: 'coalesce(trade_id, record_id, product_type)', empty: 'coalesce(trade_id, record_id, product_type) IS NULL' },
  expected: { by: 'expected' },
  stated: { by: 'stated' },
  amount: { by: 'abs(difference)' },
  status: { by: statusPlace },
  owner: { by: 'owner', empty: `owner = ''` },
  // The older it is, the earlier it was seen.
  age: { by: 'first_seen', turned: true },
  due: { by: 'due', empty: 'due IS NULL' },
  sentOn: { by: 'sent_on', empty: 'sent_on IS NULL' },
  answeredOn: { by: 'answered_on', empty: 'answered_on IS NULL' },
  recovered: { by: 'recovered', empty: 'recovered IS NULL' },
};

function orderSql({ sort, descending }: Pick<AskedPage, 'sort' | 'descending'>): string {
  if (sort === 'order') return `resolved_by_data, cycle DESC, position${descending ? ' DESC' : ''}, key`;
  const { by, empty, turned } = orders[sort];
  return `${empty === undefined ? '' : `${empty}, `}${by}${descending !== (turned === true) ? ' DESC' : ''}, cycle DESC, position, key`;
}

const day = ({ today }: { readonly today: string }, sql: string): [{ today: string }] | [] => (sql.includes('@today') ? [{ today }] : []);

/** The keys of a list in its order, and what all of it comes to. */
interface WholeList<Sums> {
  readonly keys: readonly string[];
  readonly sums: Sums;
}

/**
 * The list that was asked for last, so that its further pages cost no sorting. It is read anew when another connection has written: it must be used with a
 * connection that only reads.
 */
export class KeptList<Sums> {
  #kept: { readonly question: string; readonly version: unknown; readonly list: WholeList<Sums> } | undefined;

  of(db: ReadDb, question: string, read: () => WholeList<Sums>): WholeList<Sums> {
    const version = db.pragma('data_version', { simple: true });
    if (this.#kept?.question !== question || this.#kept.version !== version) this.#kept = { question, version, list: read() };
    return this.#kept.list;
  }
}

/** Orders by the index alone. */
function readKeys(db: ReadDb, { sql, values }: Condition, page: AskedPage): string[] {
  const due = page.sort === 'due' ? `, ${dueSql} AS due` : '';
  const keys = `SELECT key${due} FROM finding WHERE ${sql} ORDER BY ${orderSql(page)}`;
  return db
    .prepare<unknown[], string>(keys)
    .pluck()
    .all(...values, ...day(page, keys));
}

/** The wide rows of one page of a list. */
function readPage(db: ReadDb, keys: readonly string[], { offset, limit, today, find }: AskedPage): Listed {
  const one = db.prepare<[string, { today: string }], RawFinding & Omit<ListedFinding, keyof StoredFinding | 'earlier'>>(
    `SELECT ${findingColumns}, manager, substr(first_seen, 1, 10) AS firstSeen, ${dueSql} AS due, sent_on AS sentOn, sent_by AS sentBy,
            answered_on AS answeredOn, answer, recovered
       FROM finding WHERE key = ?`,
  );
  const at = find === undefined ? -1 : keys.indexOf(find);
  const listed = (key: string): ListedFinding => ({ ...decodeFinding(one.get(key, { today })!), earlier: earlierSendings(db, key) });
  return { findings: keys.slice(offset, offset + limit).map(listed), ...(at >= 0 && { at }) };
}

const questionOf = (filter: object, { sort, descending, today }: AskedPage): string => JSON.stringify([filter, sort, descending, today]);

export type FindingSums = Omit<FindingPage, keyof Listed>;
/** One page of a month's findings, the count and sum of all that match, and counts by code. */
export function pageFindings(
  db: ReadDb,
  cycle: BillingCycle,
  filter: FindingFilter,
  page: AskedPage,
  kept = new KeptList<FindingSums>(),
): FindingPage {
  const { keys, sums } = kept.of(db, questionOf({ cycle, ...filter }, page), () => {
    const condition = where(db, cycle, filter);
    return { keys: readKeys(db, condition, page), sums: { ...sumFindings(db, condition), carried: countCarried(db, cycle) } };
  });
  return { ...readPage(db, keys, page), ...sums };
}

function sumFindings(db: ReadDb, { sql, values }: Condition): Omit<FindingSums, 'carried'> {
  const counts = db
    .prepare<unknown[], { code: CheckCode; severity: Severity; count: bigint; difference: bigint }>(
      `SELECT code, severity, count(*) AS count, sum(difference) AS difference FROM finding WHERE ${sql} GROUP BY code, severity
        ORDER BY min(position), code`,
    )
    .all(...values)
    .map((c) => ({ ...c, count: Number(c.count) }));
  return {
    total: counts.reduce((n, c) => n + c.count, 0),
    totalDifference: counts.reduce((n, c) => n + c.difference, 0n),
    counts,
  };
}

export type DisputeSums = Pick<DisputePage, 'total' | 'amount' | 'recovered' | 'views'>;
/** One page of disputes, and what each view of them comes to under the same search. */
export function pageDisputes(db: ReadDb, filter: DisputeFilter, page: AskedPage, kept = new KeptList<DisputeSums>()): DisputePage {
  const { keys, sums } = kept.of(db, questionOf(filter, page), () => ({
    keys: readKeys(db, whereDisputes(db, filter), page),
    sums: sumDisputes(db, filter, page.today),
  }));
  return { ...readPage(db, keys, page), ...sums };
}

function sumDisputes(db: ReadDb, filter: DisputeFilter, today: string): DisputeSums {
  const all = whereDisputes(db, { cycle: filter.cycle, search: filter.search });
  const sums = (view?: DisputeView): string => {
    const when = view === undefined ? '1' : viewSql(view);
    return `count(*) FILTER (WHERE ${when}), coalesce(sum(abs(difference)) FILTER (WHERE ${when}), 0), coalesce(sum(recovered) FILTER (WHERE ${when}), 0)`;
  };
  const row = db
    .prepare<unknown[], bigint[]>(`SELECT ${[undefined, ...disputeViews].map(sums).join(', ')} FROM finding WHERE ${all.sql}`)
    .raw()
    .get(...all.values, { today })!;
  const at = (i: number) => ({ count: Number(row[3 * i]), amount: row[3 * i + 1]!, recovered: row[3 * i + 2]! });
  const views = disputeViews.map((view, i) => ({ view, ...at(i + 1) }));
  const { count: total, amount, recovered } = filter.view === undefined ? at(0) : views.find((v) => v.view === filter.view)!;
  return { total, amount, recovered, views };
}
