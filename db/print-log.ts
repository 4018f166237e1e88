import type { ReadDb, WriteDb } from './open.ts';

/** One printed list: `id` is the print log number on the paper, `sha256` that of the PDF. */
export interface Print {
  readonly id: number;
  readonly at: string;
  readonly requestIds: readonly string[];
  readonly sha256: string;
  readonly reprint: boolean;
  /** Address labels share the numbers with the lists. */
  readonly what: 'list' | 'label';
}

/** The number that the next print gets. */
export const nextPrintId = (db: ReadDb): number =>
  Number(db.prepare<[], { id: bigint }>('SELECT coalesce(max(id), 0) + 1 AS id FROM print_log').get()!.id);

/** How often the list (or the label) of each request was printed; requests never printed are absent. */
export const printCounts = (db: ReadDb, what: Print['what'] = 'list'): Map<string, number> =>
  new Map([...printsBefore(db, what)].map(([id, { times }]) => [id, times]));

/** How often the list (or the label) of each request was printed, and the last print of it. */
export function printsBefore(db: ReadDb, what: Print['what']): Map<string, { times: number; id: number; at: string }> {
  const rows = db
    .prepare<[string], { request: string; times: bigint; id: bigint; at: string }>(
      // Of the bare column SQLite takes the row that has the maximum.
      `SELECT j.value AS request, count(*) AS times, max(p.id) AS id, p.at AS at
       FROM print_log p, json_each(p.request_ids) AS j
       WHERE p.what = ?
       GROUP BY j.value`,
    )
    .all(what);
  return new Map(rows.map(({ request, times, id, at }) => [request, { times: Number(times), id: Number(id), at }]));
}

/** Writes one print; false where another print has taken the number meanwhile (nothing is written then). */
export function logPrint(db: WriteDb, print: Print): boolean {
  const { changes } = db
    .prepare('INSERT INTO print_log (id, at, request_ids, sha256, reprint, what) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING')
    .run(print.id, print.at, JSON.stringify(print.requestIds), print.sha256, print.reprint ? 1 : 0, print.what);
  return changes === 1;
}
