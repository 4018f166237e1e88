import { inForceOn, type HistoryEntry } from '../../electron/core/judging/attribution.ts';
import { isOutside, isScopeKind, type Scope, type ScopeKind } from '../../electron/core/scope.ts';
import { addDays, lastDay } from '../../electron/core/month.ts';
import { prepared } from '../prepared.ts';
import { scopesOf } from '../scope-marks.ts';
import type { RunContext } from './context.ts';
import { monthScan } from './month-scan.ts';

/** One row of a statement, as far as it tells whose it is. */
export interface OwnedRow {
  readonly customerKey: string;
  readonly accountName: string | null;
  /** As printed on the row. */
  readonly manager: string | null;
  /** When it was traded; null where the file does not say. */
  readonly at: string | null;
}
/** Is it certain that a statement, as the person marked it, does not hold such a row? */
export type Outside = (row: OwnedRow) => boolean;
/** Of a customer whose rows cannot be told apart by day: none, some or all of the month stands outside the statement. */
export type Share = 'none' | 'some' | 'all';

/**
 * What stands outside one statement of the month; undefined where it covers everything. A row's manager is the one of the user's table in force when it
 * was traded, else the one printed on it, else any that the month's statements print for its customer.
 */
export function outsideOf(context: RunContext, kind: ScopeKind, cycle: string = context.cycle): Outside | undefined {
  const scopes = scopesOf(context.db, kind, cycle);
  return scopes && outsideScopes(context, scopes, cycle);
}

/** The same of files that cover these scopes. */
export function outsideScopes(context: RunContext, scopes: readonly Scope[], cycle: string = context.cycle): Outside {
  const history = managerHistory(context);
  const printed = printedManagers(context, cycle);
  return ({ customerKey, accountName, manager, at }) => {
    const own = history.get(customerKey);
    const day = at?.slice(0, 10);
    // On the day of a change either may be meant, as documents disagree.
    const known = own && day !== undefined ? [inForceOn(own, day, 0), inForceOn(own, day, 1)].flatMap((e) => e?.value ?? []) : [];
    const managers = known.length > 0 ? known : manager ? [manager] : printed(customerKey);
    return isOutside(scopes, { customer: namesOf(customerKey, accountName), managers });
  };
}

/** The same of a whole customer, by all managers that it had in the month. */
export function shareOutside(context: RunContext, kind: ScopeKind): ((customerKey: string) => Share) | undefined {
  const { cycle } = context;
  const scopes = scopesOf(context.db, kind, cycle);
  if (!scopes) return undefined;
  const managersOf = heldManagers(context);
  return (customerKey) => {
    const managers = managersOf(customerKey);
    const outside = (of: readonly string[]): boolean => isOutside(scopes, { customer: namesOf(customerKey, null), managers: of });
    if (outside(managers)) return 'all';
    return managers.some((manager) => outside([manager])) ? 'some' : 'none';
  };
}

/** Has one statement of the month, as both are marked, everything of a customer that the other has? */
export function coversAllOf(context: RunContext, whole: ScopeKind, part: ScopeKind): (customerKey: string) => boolean {
  const { db, cycle } = context;
  const [covered, wanted] = [scopesOf(db, whole, cycle), scopesOf(db, part, cycle)];
  if (!covered) return () => true;
  const managersOf = heldManagers(context);
  return (customerKey) => {
    const row = (manager: string) => ({ customer: namesOf(customerKey, null), managers: [manager] });
    return managersOf(customerKey).every((manager) => !isOutside(covered, row(manager)) || (wanted && isOutside(wanted, row(manager))));
  };
}

/** All managers that a customer had in the month: by the user's table; where that has nobody for some day, as the statements print them too. */
function heldManagers(context: RunContext): (customerKey: string) => readonly string[] {
  const { cycle } = context;
  const history = managerHistory(context);
  const printed = printedManagers(context, cycle);
  const [first, last] = [`${cycle}-01`, lastDay(cycle)];
  return (customerKey) => {
    const held = (history.get(customerKey) ?? []).filter((h) => (h.from ?? '') <= last && (h.to ?? '9') >= first);
    const named = held.flatMap((h) => h.value ?? []);
    return isHeldThroughout(held, first, last) ? named : [...named, ...printed(customerKey)];
  };
}

/** Is somebody in force on every day from the first to the last? `held` is in the order of its beginnings. */
function isHeldThroughout(held: readonly HistoryEntry[], first: string, last: string): boolean {
  let open = first;
  for (const { from, to } of held) if ((from ?? '') <= open && (to ?? last) >= open) open = addDays(to ?? last, 1);
  return open > last;
}

const namesOf = (customerKey: string, accountName: string | null): string[] => [
  customerKey.startsWith('@') ? customerKey.slice(1) : customerKey,
  ...(accountName === null ? [] : [accountName]),
];

function managerHistory({ db }: RunContext): Map<string, HistoryEntry[]> {
  const rows = db
    .prepare<[], HistoryEntry & { customer: string }>(
      `SELECT customer_id AS customer, account_manager AS value, substr(valid_from, 1, 10) AS "from", substr(valid_to, 1, 10) AS "to"
         FROM manager_history WHERE in_force = 1 ORDER BY customer_id, coalesce(valid_from, ''), coalesce(valid_to, '9'), account_manager`,
    )
    .all();
  return Map.groupBy(rows, (row) => row.customer);
}

/** The managers that the month's statements print for a customer. */
function printedManagers({ db }: RunContext, cycle: string): (customerKey: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (customerKey) => {
    let found = known.get(customerKey);
    if (!found) {
      found = prepared<[string, string, string, string, string, string], string>(
        db,
        ['partner_bill', 'consumption', 'performance']
          .map(
            (table) =>
              `SELECT account_manager FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND account_manager IS NOT NULL`,
          )
          .join(' UNION '),
      )
        .pluck()
        .all(cycle, customerKey, cycle, customerKey, cycle, customerKey);
      known.set(customerKey, found);
    }
    return found;
  };
}

type Managed = 'partner_bill' | 'consumption' | 'performance';
const onlyManagers = new WeakMap<RunContext, Map<Managed, string | undefined>>();

/**
 * The one manager whose customers alone a statement of the month has, where it prints managers and has no other; for a suggestion. Asked for every order
 * that such a statement lacks, but read once.
 */
export function onlyManager(context: RunContext, table: Managed): string | undefined {
  const known = onlyManagers.get(context) ?? new Map<Managed, string | undefined>();
  onlyManagers.set(context, known);
  if (!known.has(table)) known.set(table, readOnlyManager(context, table));
  return known.get(table);
}

function readOnlyManager({ db, cycle }: RunContext, table: Managed): string | undefined {
  const found = db
    .prepare<{ cycle: string }, string | null>(`SELECT DISTINCT t.account_manager FROM ${monthScan(table, 't')} LIMIT 2`)
    .pluck()
    .all({ cycle });
  return found.length === 1 ? (found[0] ?? undefined) : undefined;
}

/** Has the month's statement anything at all of a customer? */
export function holdsCustomer({ db, cycle }: RunContext, table: string, customerKey: string): boolean {
  const sql = `SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? LIMIT 1`;
  return prepared<[string, string], unknown>(db, sql).get(cycle, customerKey) !== undefined;
}

/** Is all of a month's statement here: imported, and not marked as covering a part only? */
export const isWhole = (context: RunContext, kind: ScopeKind, cycle: string): boolean =>
  context.has(kind, cycle) && scopesOf(context.db, kind, cycle) === undefined;

/** The first of these statements of the month that was marked as covering a part only: sums over all of it cannot be held against another. */
export const partOf = ({ db, cycle }: RunContext, kinds: readonly string[]): ScopeKind | undefined =>
  kinds.filter(isScopeKind).find((kind) => scopesOf(db, kind, cycle) !== undefined);
