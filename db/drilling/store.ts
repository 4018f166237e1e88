import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { BridgePart, PartRows } from '../../electron/core/bridge-part.ts';

/** Where a group ends, as the tabs of the window part them; '' is a component of rows that end elsewhere. */
export type Place = 'agreed' | 'different' | 'left' | 'right' | '';

/** A part as it is kept: with its customer's name, and the finding that it is where it is unexplained. */
export interface DrilledPart extends BridgePart {
  readonly customerName?: string | undefined;
  readonly finding?: string;
}

const placeOf = (step: string, part: BridgePart): Place => {
  if (part.beside) return '';
  if (step === 'agreed') return 'agreed';
  const [left, right] = [Number(part.leftRows) > 0, Number(part.rightRows) > 0];
  if (left && right) return part.amount === 0n && step !== 'unexplained' ? 'agreed' : 'different';
  return left ? 'left' : 'right';
};

const schema = `CREATE TABLE part (
  id INTEGER PRIMARY KEY, step TEXT NOT NULL, place TEXT NOT NULL, customer_key TEXT, customer_name TEXT, trade_id TEXT, product TEXT,
  key TEXT NOT NULL, level TEXT NOT NULL, left_amount INTEGER, right_amount INTEGER, amount INTEGER NOT NULL, rows INTEGER NOT NULL,
  left_rows INTEGER NOT NULL, right_rows INTEGER NOT NULL, evidence TEXT NOT NULL, finding TEXT
) STRICT`;
const insertSql = `INSERT INTO part (step, place, customer_key, customer_name, trade_id, product, key, level, left_amount, right_amount, amount, rows,
  left_rows, right_rows, evidence, finding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const rowsText = (evidence: readonly PartRows[]): string =>
  JSON.stringify(evidence, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));

/** Writes the groups of one pair into a file of its own, which is thrown away with the session: nothing of it needs to survive a fault. */
export class DrillWriter {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement<unknown[]>;
  /** How many groups were written since the last `begin`. */
  written = 0;

  constructor(file: string) {
    fs.rmSync(file, { force: true });
    this.#db = new Database(file);
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#db.exec(`${schema}; BEGIN`);
    this.#insert = this.#db.prepare(insertSql);
  }
  begin(): void {
    this.#db.exec('DELETE FROM part');
    this.written = 0;
  }
  add(step: string, part: DrilledPart): void {
    this.written += 1;
    this.#insert.run(
      step,
      placeOf(step, part),
      part.customerKey ?? null,
      part.customerName ?? null,
      part.tradeId ?? null,
      part.product ?? null,
      JSON.stringify((part.key ?? []).filter((k) => k !== null && k !== '')),
      part.level,
      part.left ?? null,
      part.right ?? null,
      part.amount,
      BigInt(part.rows),
      BigInt(part.leftRows),
      BigInt(part.rightRows),
      rowsText(part.evidence),
      part.finding ?? null,
    );
  }
  /** Ends the file; it is read from now on. */
  close(): void {
    this.#db.exec('CREATE INDEX part_step ON part (step, id); CREATE INDEX part_place ON part (place, id); COMMIT');
    this.#db.close();
  }
  /** Leaves an unfinished file; the caller removes it. */
  abandon(): void {
    this.#db.close();
  }
}
