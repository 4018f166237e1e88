import Database from 'better-sqlite3';
import type { PlanProgress, ShareWay } from '../../electron/core/incentive-share.ts';
import { textBigint } from '../bigint-json.ts';

/** What one plan comes to at one rate, in one way; amounts are 1e-8 yuan. `rate` is null where none is known. */
export interface ShareSum {
  readonly plan: string;
  readonly way: ShareWay;
  readonly rate: bigint | null;
  readonly base: bigint;
  readonly computed: bigint;
  readonly stated: bigint;
  readonly rows: bigint;
}
/** The same of one customer; null: of the plan as a whole. */
export interface CustomerShare extends ShareSum {
  readonly customerKey: string | null;
  readonly customerName: string | null;
}
export const shareSorts = ['difference', 'customer', 'plan', 'rate', 'base', 'computed', 'stated'] as const;
export interface ShareQuery {
  readonly plan?: string | undefined;
  /** Only those whose stated amount is not what was computed; what the next month pays is none of them. */
  readonly differing: boolean;
  readonly search?: string | undefined;
  readonly sort: (typeof shareSorts)[number];
  readonly descending: boolean;
}
export interface SharePage extends Omit<ShareSum, 'plan' | 'way' | 'rate' | 'rows'> {
  readonly total: number;
  readonly shares: readonly CustomerShare[];
}

/** Stated less computed; what the next month pays differs in nothing yet. */
const difference = `CASE way WHEN 'next-month' THEN 0 ELSE stated - computed END`;
const orders: Readonly<Record<ShareQuery['sort'], string>> = {
  difference: `abs(${difference})`,
  customer: 'coalesce(customer_name, customer_key)',
  plan: 'plan',
  rate: 'rate',
  base: 'base',
  computed: 'computed',
  stated: 'stated',
};
const columns = 'plan, way, rate, customer_key AS customerKey, customer_name AS customerName, base, computed, stated, rows';

/** Reads what the incentive of a month came to, from the file of its sums. */
export class ShareReader {
  readonly #db: Database.Database;
  #view: { readonly name: string; readonly ids: BigInt64Array } | undefined;

  /** Throws where the file is not there, or is not such a file. */
  constructor(file: string) {
    this.#db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      this.#db.defaultSafeIntegers();
      this.sums();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }
  close(): void {
    this.#db.close();
  }
  sums(): ShareSum[] {
    const sql = `SELECT plan, way, rate, sum(base) AS base, sum(computed) AS computed, sum(stated) AS stated, sum(rows) AS rows
        FROM share GROUP BY plan, way, rate ORDER BY plan, way, rate`;
    return this.#db.prepare<[], ShareSum>(sql).all();
  }
  plans(): PlanProgress[] {
    return this.#db
      .prepare<[], string>('SELECT body FROM plan ORDER BY plan')
      .pluck()
      .all()
      .map((body) => JSON.parse(body, textBigint) as PlanProgress);
  }
  /** One page by customer; the order of the last question is kept, so that its further pages cost no sorting. */
  page(query: ShareQuery, offset: number, limit: number): SharePage {
    const { plan, differing, search, sort, descending } = query;
    const conditions = [
      '1',
      ...(plan === undefined ? [] : ['plan = :plan']),
      ...(differing ? [`${difference} <> 0`] : []),
      ...(search
        ? [`instr(lower(coalesce(customer_name, '') || char(10) || coalesce(customer_key, '') || char(10) || plan), lower(:search)) > 0`]
        : []),
    ];
    const from = `FROM share WHERE ${conditions.join(' AND ')}`;
    const values = { ...(plan !== undefined && { plan }), ...(search && { search }) };
    const name = JSON.stringify(query);
    if (this.#view?.name !== name) {
      const order = `${orders[sort]} IS NULL, ${orders[sort]}${descending ? ' DESC' : ''}, plan, way, rate, customer_key, rowid`;
      const ids = this.#db.prepare<unknown[], bigint>(`SELECT rowid ${from} ORDER BY ${order}`).pluck().all(values);
      this.#view = { name, ids: BigInt64Array.from(ids) };
    }
    const { ids } = this.#view!;
    const one = this.#db.prepare<[bigint], CustomerShare>(`SELECT ${columns} FROM share WHERE rowid = ?`);
    const sums = this.#db
      .prepare<unknown[], Pick<SharePage, 'base' | 'computed' | 'stated'>>(
        `SELECT coalesce(sum(base), 0) AS base, coalesce(sum(computed), 0) AS computed, coalesce(sum(stated), 0) AS stated ${from}`,
      )
      .get(values)!;
    return { ...sums, total: ids.length, shares: Array.from(ids.subarray(offset, offset + limit), (id) => one.get(id)!) };
  }
}
