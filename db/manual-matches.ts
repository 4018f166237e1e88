import { addMonths, type BillingCycle } from '../electron/core/month.ts';
import {
  isEntry,
  isGroup,
  isOrder,
  isRecord,
  keyFor,
  keyText,
  sortKeys,
  sortMatches,
  type AccountPair,
  type EntryKey,
  type GrainKey,
  type GroupKey,
  type MatchAction,
  type MatchKey,
  type MatchPair,
} from '../electron/core/manual-match.ts';
import { recordInJournal } from './journal.ts';
import type { ReadDb, WriteDb } from './open.ts';
import { prepared } from './prepared.ts';

/** A join or split made by hand. Times are "YYYY-MM-DD HH:MM:SS" in GMT+08:00; an undone one has no effect. */
export interface ManualMatch {
  readonly id: bigint;
  readonly cycle: BillingCycle;
  readonly pair: MatchPair;
  readonly action: MatchAction;
  readonly keys: readonly MatchKey[];
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
}

type Raw = Omit<ManualMatch, 'keys'> & { readonly keys: string };
const columns = 'id, cycle, pair, action, keys, reason, made_by AS "by", at, undone_at AS undoneAt, undone_by AS undoneBy';
const decode = (raw: Raw): ManualMatch => ({ ...raw, keys: JSON.parse(raw.keys) as MatchKey[] });

/** The matches of a month that have effect, in an order that does not depend on when they were made. */
export function activeMatches(db: ReadDb, cycle: BillingCycle, pair?: MatchPair): ManualMatch[] {
  const rows = db
    .prepare<[string, string | null], Raw>(
      `SELECT ${columns} FROM manual_match WHERE undone_at IS NULL AND cycle = ? AND pair = coalesce(?, pair)`,
    )
    .all(cycle, pair ?? null);
  return sortMatches(rows.map(decode));
}

/** Every match, undone ones too, of one month or of all, newest first. */
export function listMatches(db: ReadDb, cycle?: BillingCycle): ManualMatch[] {
  return db
    .prepare<[string | null], Raw>(`SELECT ${columns} FROM manual_match WHERE cycle = coalesce(?, cycle) ORDER BY id DESC`)
    .all(cycle ?? null)
    .map(decode);
}

export function findMatch(db: ReadDb, id: bigint): ManualMatch | undefined {
  const raw = db.prepare<[bigint], Raw>(`SELECT ${columns} FROM manual_match WHERE id = ?`).get(id);
  return raw && decode(raw);
}

/** Stores a match and its line in the journal; the caller has checked that its keys stand in no other one. */
export function addMatch(db: WriteDb, match: Omit<ManualMatch, 'id' | 'undoneAt' | 'undoneBy'>): bigint {
  const { cycle, pair, action, reason, by, at } = match;
  const keys = sortKeys(match.keys);
  const { lastInsertRowid } = db
    .prepare('INSERT INTO manual_match (cycle, pair, action, keys, reason, made_by, at) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(cycle, pair, action, JSON.stringify(keys), reason, by, at);
  const id = BigInt(lastInsertRowid);
  recordInJournal(db, at, `match.${action}`, { id: Number(id), cycle, pair, keys, reason, by });
  return id;
}

/** Takes a match back as a whole; false where it was taken back before. */
export function undoMatch(db: WriteDb, id: bigint, by: string, at: string): boolean {
  const { changes } = db.prepare('UPDATE manual_match SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL').run(at, by, id);
  if (changes === 1) recordInJournal(db, at, 'match.undo', { id: Number(id), by });
  return changes === 1;
}

/** Where a pair's rows stand, as offsets of the month: performance also meets what the month before left for this one. */
const tables: Record<MatchPair, readonly (readonly [table: string, month: 0 | -1])[]> = {
  'bill-consumption': [
    ['partner_bill', 0],
    ['consumption', 0],
  ],
  'consumption-summary': [
    ['consumption_summary', 0],
    ['consumption', 0],
  ],
  'consumption-performance': [
    ['consumption', 0],
    ['performance', 0],
    ['consumption', -1],
  ],
  'performance-incentive': [
    ['incentive', 0],
    ['performance', 0],
  ],
  'bill-account': [
    ['partner_bill', 0],
    ['consumption', 0],
  ],
  'account-adjustment': [],
};

/** A key as the month's rows have it now: a customer known by account name only when the match was made may have an id today. */
function keyToday(db: ReadDb, cycle: BillingCycle, pair: MatchPair, key: MatchKey): MatchKey {
  if (!isGroup(key) || !key.customer.startsWith('@') || isPresent(db, cycle, pair, key)) return key;
  const found = new Set(
    tables[pair].flatMap(([table, month]) =>
      prepared<[string, string], string>(
        db,
        `SELECT DISTINCT customer_key FROM ${table} WHERE cycle = ? AND in_force = 1 AND account_name = ? LIMIT 2`,
      )
        .pluck()
        .all(addMonths(cycle, month), key.customer.slice(1)),
    ),
  );
  const [customer] = found;
  return customer !== undefined && found.size === 1 ? { ...key, customer } : key;
}

/** Does any row in force of the pair's statements have this key? */
function isPresent(db: ReadDb, cycle: BillingCycle, pair: MatchPair, key: MatchKey): boolean {
  if (isRecord(key)) return hasRecord(db, cycle, pair, key.performanceId);
  if (isEntry(key)) return hasEntry(db, cycle, pair, key);
  if ((pair === 'performance-incentive' || pair === 'bill-account') && !isOrder(key)) return false;
  if (pair === 'consumption-summary') return !isOrder(key) && hasGrain(db, cycle, key);
  const product =
    pair === 'bill-consumption' ? "'', coalesce(product_type, product_type_code, '')" : "coalesce(product_type, product_type_code, '')";
  return tables[pair].some(([table, month]) => {
    const rows = `SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ?`;
    const at = [addMonths(cycle, month), key.customer];
    const found = isOrder(key)
      ? prepared<string[], unknown>(db, `${rows} AND trade_id = ? LIMIT 1`).get(...at, key.tradeId)
      : prepared<string[], unknown>(
          db,
          `${rows} AND trade_id IS NULL AND ? IN (${product}) AND ? IN ('', coalesce(billing_mode, '')) AND ? IN ('', coalesce(bill_class, '')) LIMIT 1`,
        ).get(...at, key.product, key.mode, key.class);
    return found !== undefined;
  });
}

/** A cell of the summary or of the details, whatever orders it is made of. */
const hasGrain = (db: ReadDb, cycle: BillingCycle, { customer, product, mode, class: billClass }: GrainKey): boolean =>
  tables['consumption-summary'].some(
    ([table]) =>
      prepared<string[], unknown>(
        db,
        `SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND ? IN ('', coalesce(product_type, ''))
            AND ? IN ('', coalesce(billing_mode, '')) AND ? IN ('', coalesce(bill_class, '')) LIMIT 1`,
      ).get(cycle, customer, product, mode, billClass) !== undefined,
  );

/** Only performance and incentive are told apart by 业绩ID. */
const hasRecord = (db: ReadDb, cycle: BillingCycle, pair: MatchPair, id: string): boolean =>
  pair === 'performance-incentive' &&
  tables[pair].some(
    ([table]) =>
      prepared<[string, string], unknown>(db, `SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND performance_id = ? LIMIT 1`).get(
        cycle,
        id,
      ) !== undefined,
  );

/** How findings name an entry of the ledger `a` (SQL): a number, else what else tells it apart. */
export const entryNameSql = "coalesce(a.flow_id, a.trade_id, a.account || ' ' || a.traded_at)";
const allocationNames = (number: string, operation: string, at: string): string =>
  `coalesce(${number}, coalesce(customer_key, '') || ' ' || ${operation} || ' ' || ${at})`;
const names: Record<AccountPair, string> = {
  'bill-account': `SELECT ${entryNameSql} FROM account_statement a
     WHERE a.cycle = :cycle AND a.in_force = 1 AND a.trade_type IN ('deduction', 'refund')`,
  'account-adjustment': `SELECT ${allocationNames('flow_id', 'trade_type', 'traded_at')} FROM account_statement
      WHERE cycle = :cycle AND in_force = 1 AND trade_type IN ('allocation', 'retrieval', 'unbindRetrieval')
     UNION ALL
     SELECT ${allocationNames('transaction_id', 'operation', 'operated_at')} FROM adjustment WHERE cycle = :cycle AND in_force = 1`,
};
/** Is there an entry or an adjustment of this name? Only the accounts' rows are told apart by it. */
const hasEntry = (db: ReadDb, cycle: BillingCycle, pair: MatchPair, { flowId }: EntryKey): boolean =>
  (pair === 'bill-account' || pair === 'account-adjustment') &&
  prepared<{ cycle: string; name: string }, unknown>(db, `SELECT 1 WHERE :name IN (${names[pair]})`).get({ cycle, name: flowId }) !==
    undefined;

/** How many of its keys must be in the data for a match to have any effect. */
export const needed: Record<MatchAction, number> = { join: 2, split: 1 };

/** A match that has effect today, with the keys that the month's rows have. */
export interface AppliedMatch<Key extends MatchKey = MatchKey> extends Pick<ManualMatch, 'id' | 'action'> {
  readonly keys: readonly Key[];
}

/** The matches of a pair that find enough of their keys in the month's rows: two for a join, one for a split; the others are idle. */
export function appliedMatches(db: ReadDb, cycle: BillingCycle, pair: MatchPair): AppliedMatch[] {
  return activeMatches(db, cycle, pair)
    .map(({ id, action, keys }) => ({ id, action, keys: keysToday(db, cycle, pair, keys) }))
    .filter(({ action, keys }) => keys.length >= needed[action]);
}

/** The same of a pair whose rows all belong to a customer. */
export const appliedGroups = (
  db: ReadDb,
  cycle: BillingCycle,
  pair: Exclude<MatchPair, 'performance-incentive' | AccountPair>,
): AppliedMatch<GroupKey>[] => appliedMatches(db, cycle, pair).map((match) => ({ ...match, keys: match.keys.filter(isGroup) }));

/** Those of the keys that the month's rows have, as they have them, each once. */
export function keysToday(db: ReadDb, cycle: BillingCycle, pair: MatchPair, keys: readonly MatchKey[]): MatchKey[] {
  const today = new Map(keys.map((key) => keyToday(db, cycle, pair, keyFor(pair, key))).map((key) => [keyText(key), key]));
  return sortKeys([...today.values()].filter((key) => isPresent(db, cycle, pair, key)));
}
