import { tableOf, type Kind } from '../../electron/core/kinds.ts';
import type { Money } from '../../electron/core/money.ts';
import type { ReadDb } from '../open.ts';
import { monthScan } from '../reconciling/month-scan.ts';
import { customersLike } from './customers.ts';
import { searched, type Searched } from './columns.ts';

/** One row in force that holds what was searched for. Amounts are bigint in 1e-8 yuan. */
export interface FoundRow {
  readonly row: bigint;
  readonly kind: Kind;
  /** '' for the user's own tables. */
  readonly cycle: string;
  readonly customer: string | null;
  readonly number: string | null;
  readonly what: string | null;
  readonly amount: bigint | null;
}
export interface Sought {
  readonly text: string;
  /** The figure that the text is, where it is one. */
  readonly figure: Money | undefined;
}
/** One statement of one month, looked through on its own, so that the app can do other work in between. */
export interface Place {
  readonly kind: Kind;
  readonly cycle: string;
}

/** Every statement that is here, kinds in their documented order, the newest month of each first. */
export function placesOf(db: ReadDb, cycle: string | undefined): Place[] {
  const here = db
    .prepare<[], Place>(
      'SELECT DISTINCT s.kind AS kind, c.cycle AS cycle FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE c.in_force = 1',
    )
    .all()
    .filter((p) => cycle === undefined || p.cycle === cycle || p.cycle === '');
  return (Object.keys(searched) as Kind[]).flatMap((kind) =>
    here.filter((p) => p.kind === kind).toSorted((a, b) => (a.cycle < b.cycle ? 1 : -1)),
  );
}

/** Looks for a text (any part of an id or name) or a figure (to the last decimal, whatever its sign) in one place at a time. */
export function searcher(db: ReadDb, sought: Sought, cycles: readonly string[]): (place: Place, limit: number) => FoundRow[] {
  const like = `%${sought.text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const keys = JSON.stringify(sought.figure === undefined ? customersLike(db, cycles, like) : []);
  return ({ kind, cycle }, limit) => {
    const where = conditionOf(searched[kind]!, sought);
    if (where === undefined) return [];
    const at = { cycle, keys, like, figure: sought.figure ?? null, limit: BigInt(limit) };
    return db
      .prepare<typeof at, Omit<FoundRow, 'kind'>>(
        `${selectOf(searched[kind]!)} FROM ${monthScan(tableOf(kind), 't')} AND (${where}) LIMIT :limit`,
      )
      .all(at)
      .map((row) => ({ ...row, kind }));
  };
}

const keyColumn = (s: Searched): string | undefined => s.customer && (s.customer === 'key' ? 't.customer_key' : 't.customer_id');

function selectOf(s: Searched): string {
  const customer =
    s.customer === 'key' ? 'coalesce(t.account_name, t.customer_name, t.customer_id)' : s.customer ? 't.customer_id' : 'NULL';
  const number =
    s.numbers.length === 0
      ? 'NULL'
      : s.numbers.length === 1
        ? `t.${s.numbers[0]!}`
        : `coalesce(${s.numbers.map((n) => `t.${n}`).join(', ')})`;
  return `SELECT t.id AS row, t.cycle AS cycle, ${customer} AS customer, ${number} AS number, ${s.what ?? 'NULL'} AS what, ${s.amount ?? 'NULL'} AS amount`;
}

/** What makes a row fit; undefined where the kind has nothing of the sort. */
function conditionOf(s: Searched, { text, figure }: Sought): string | undefined {
  if (figure !== undefined) {
    return s.amounts?.map((a) => `t.${a} IN (:figure, -:figure)`).join(' OR ');
  }
  // Ids are written in Latin letters and digits: a Chinese name is in none.
  const ascii = /^[\x20-\x7e]*$/.test(text);
  const likes = [...(ascii ? s.numbers : []), ...(s.words ?? [])].map((c) => String.raw`t.${c} LIKE :like ESCAPE '\'`);
  const key = keyColumn(s);
  const parts = [...(key === undefined ? [] : [`${key} IN (SELECT value FROM json_each(:keys))`]), ...likes];
  return parts.length === 0 ? undefined : parts.join(' OR ');
}
