import { parentPort, workerData } from 'node:worker_threads';
import { openForReading, type ReadDb } from '../../db/open.ts';
import { placeOf } from '../../db/searching/rows.ts';
import { findRows, type FoundRow, type Sought } from '../../db/searching/search.ts';
import { failureOf, type Failure } from './failure.ts';

/** Where the thread reads, and the memory that holds the number of the newest search. */
export interface SearchInput {
  readonly database: string;
  readonly newest: SharedArrayBuffer;
}
export interface SearchQuestion extends Sought {
  readonly number: number;
  readonly cycle: string | undefined;
  readonly limit: number;
}
/** A row that was found, and the file and sheet that it stands in. */
export interface PlacedRow extends FoundRow {
  readonly file: string;
  readonly sheet: string;
}
export type SearchReply = { readonly number: number } & ({ readonly kind: 'found'; readonly rows: readonly PlacedRow[] } | Failure);

const { database, newest } = workerData as SearchInput;
const newestNumber = new Int32Array(newest);
let db: ReadDb | undefined;

/** Undefined once there is a newer search. Nothing is read in one transaction: that would keep a writer's pages waiting. */
function answer({ number, cycle, limit, ...sought }: SearchQuestion): PlacedRow[] | undefined {
  const reader = (db ??= openForReading(database));
  const found: FoundRow[] = [];
  for (const rows of findRows(reader, sought, cycle, limit)) {
    if (Atomics.load(newestNumber, 0) !== number) return undefined;
    found.push(...rows);
  }
  return found.flatMap((row) => {
    // None where the import was undone meanwhile.
    const place = placeOf(reader, row.row);
    return place ? [{ ...row, file: place.file, sheet: place.sheet }] : [];
  });
}

const send = (reply: SearchReply): void => parentPort?.postMessage(reply);

parentPort?.on('message', (question: SearchQuestion | 'close') => {
  if (question === 'close') {
    db?.close();
    parentPort?.close();
    return;
  }
  const { number } = question;
  if (Atomics.load(newestNumber, 0) !== number) return;
  try {
    const rows = answer(question);
    if (rows) send({ number, kind: 'found', rows });
  } catch (error) {
    send({ number, ...failureOf(error) });
  }
});
