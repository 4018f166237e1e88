import type { ReadDb, WriteDb } from './open.ts';

/** One printed list: `id` is the print log number on the paper, `sha256` that of the PDF. */
export interface Print {
  readonly id: number;
  readonly at: string;
  readonly requestIds: readonly string[];
  readonly sha256: string;
  readonly reprint: boolean;
}

/** The number that the next print gets. */
export const nextPrintId = (db: ReadDb): number =>
  Number(db.prepare<[], { id: bigint }>('SELECT coalesce(max(id), 0) + 1 AS id FROM print_log').get()!.id);

/** How often each request was printed; requests never printed are absent. */
export function printCounts(db: ReadDb): Map<string, number> {
  const rows = db
    .prepare<[], { id: string; times: bigint }>(
      `SELECT j.value AS id, count(*) AS times
       FROM print_log, json_each(print_log.request_ids) AS j
       GROUP BY j.value`,
    )
    .all();
  return new Map(rows.map(({ id, times }) => [id, Number(times)]));
}

/** Writes one print; false where another print has taken the number meanwhile (nothing is written then). */
export function logPrint(db: WriteDb, print: Print): boolean {
  const { changes } = db
    .prepare('INSERT INTO print_log (id, at, request_ids, sha256, reprint) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING')
    .run(print.id, print.at, JSON.stringify(print.requestIds), print.sha256, print.reprint ? 1 : 0);
  return changes === 1;
}
