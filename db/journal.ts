import type { WriteDb } from './open.ts';

/** Adds one line to the journal of what was done: a dotted action and its details as JSON. */
export function recordInJournal(db: WriteDb, at: string, action: string, detail: Readonly<Record<string, unknown>>): void {
  db.prepare('INSERT INTO journal (at, action, detail) VALUES (?, ?, ?)').run(at, action, JSON.stringify(detail));
}
