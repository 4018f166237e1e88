import Database from 'better-sqlite3';
import type { PartLevel, PartRows } from '../../electron/core/bridge-part.ts';
import type { Place } from './store.ts';

/** One group of a pair as it is read back; `id` names it as long as the run stands. Amounts are 1e-8 yuan. */
export interface StoredPart {
  readonly id: bigint;
  readonly step: string;
  readonly place: Place;
  readonly customerKey: string | null;
  readonly customerName: string | null;
  readonly tradeId: string | null;
  readonly product: string | null;
  readonly key: readonly string[];
  readonly level: PartLevel;
  readonly left: bigint | null;
  readonly right: bigint | null;
  readonly amount: bigint;
  readonly rows: bigint;
  readonly leftRows: bigint;
  readonly rightRows: bigint;
  readonly finding: string | null;
}

export const partSorts = ['key', 'amount', 'left', 'right', 'rows'] as const;
export interface PartQuery {
  /** A step, `unexplained`, or `without-remainder`; absent: every group where its rows end. */
  readonly step?: string | undefined;
  readonly place?: Exclude<Place, ''> | undefined;
  /** Part of a customer, order, product or key, in any case. */
  readonly search?: string | undefined;
  readonly sort: (typeof partSorts)[number];
  readonly descending: boolean;
}
export interface PartPage {
  readonly total: number;
  readonly amount: bigint;
  readonly rows: number;
  readonly parts: readonly StoredPart[];
}

const columns = `id, step, place, customer_key AS customerKey, customer_name AS customerName, trade_id AS tradeId, product, key, level,
  left_amount AS "left", right_amount AS "right", amount, rows, left_rows AS leftRows, right_rows AS rightRows, finding`;
const byKey = `customer_key, trade_id, product, key, step, id`;
const orders: Readonly<Record<PartQuery['sort'], string>> = {
  key: 'customer_key',
  amount: 'abs(amount)',
  left: 'left_amount',
  right: 'right_amount',
  rows: 'rows',
};
const searched = `lower(coalesce(customer_name, '') || char(10) || coalesce(customer_key, '') || char(10) || coalesce(trade_id, '') || char(10)
  || coalesce(product, '') || char(10) || key || char(10) || coalesce(finding, ''))`;

interface View {
  readonly query: string;
  /** Ids in the order asked for, 8 bytes each. */
  readonly ids: BigInt64Array;
  readonly amount: bigint;
  readonly rows: number;
}

/** Reads the groups of one pair. The order of the last question is kept, so that its further pages cost no sorting. */
export class DrillReader {
  readonly #db: Database.Database;
  #view: View | undefined;
  #counts: Readonly<Record<string, number>> | undefined;

  constructor(file: string) {
    this.#db = new Database(file, { readonly: true, fileMustExist: true });
    this.#db.defaultSafeIntegers();
  }
  page(query: PartQuery, offset: number, limit: number): PartPage {
    const view = this.#viewOf(query);
    const one = this.#db.prepare<[bigint], Omit<StoredPart, 'key'> & { key: string }>(`SELECT ${columns} FROM part WHERE id = ?`);
    const ids = view.ids.subarray(offset, offset + limit);
    const parts = Array.from(ids, (id) => decode(one.get(id)!));
    return { total: view.ids.length, amount: view.amount, rows: view.rows, parts };
  }
  /** How many groups end in each place. */
  counts(): Readonly<Record<string, number>> {
    this.#counts ??= Object.fromEntries(
      this.#db
        .prepare<[], { place: string; count: bigint }>('SELECT place, count(*) AS count FROM part GROUP BY place')
        .all()
        .map((r) => [r.place, Number(r.count)]),
    );
    return this.#counts;
  }
  /** One group and where its rows are; undefined where there is none with this id. */
  part(id: bigint): { readonly part: StoredPart; readonly evidence: readonly PartRows[] } | undefined {
    const row = this.#db
      .prepare<[bigint], Omit<StoredPart, 'key'> & { key: string; evidence: string }>(`SELECT ${columns}, evidence FROM part WHERE id = ?`)
      .get(id);
    if (!row) return undefined;
    const { evidence, ...part } = row;
    return { part: decode(part), evidence: (JSON.parse(evidence) as PartRows[]).map(withBigints) };
  }
  close(): void {
    this.#db.close();
  }
  #viewOf(query: PartQuery): View {
    const name = JSON.stringify(query);
    if (this.#view?.query === name) return this.#view;
    const { step, place, search, sort, descending } = query;
    const conditions = [
      step === undefined ? "place <> ''" : 'step = :step',
      ...(place === undefined ? [] : ['place = :place']),
      ...(search ? [`instr(${searched}, lower(:search)) > 0`] : []),
    ];
    const where = `FROM part WHERE ${conditions.join(' AND ')}`;
    const values = { ...(step !== undefined && { step }), ...(place !== undefined && { place }), ...(search ? { search } : {}) };
    const order = `${orders[sort]}${descending ? ' DESC' : ''}, ${byKey}`;
    const ids = this.#db.prepare<unknown[], bigint>(`SELECT id ${where} ORDER BY ${order}`).pluck().all(values);
    const sums = this.#db
      .prepare<unknown[], { amount: bigint; rows: bigint }>(`SELECT coalesce(sum(amount), 0) AS amount, coalesce(sum(rows), 0) AS rows ${where}`)
      .get(values)!; // prettier-ignore
    this.#view = { query: name, ids: BigInt64Array.from(ids), amount: sums.amount, rows: Number(sums.rows) };
    return this.#view;
  }
}

const decode = (row: Omit<StoredPart, 'key'> & { readonly key: string }): StoredPart => ({
  ...row,
  key: JSON.parse(row.key) as string[],
});

const withBigints = (rows: PartRows): PartRows => ('ids' in rows ? { ...rows, ids: rows.ids.map((id) => BigInt(id)) } : rows);
