import type { Deadline } from '../electron/core/deadline.ts';
import { noticeSubjects } from '../electron/core/deadline.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import type { ReadDb, WriteDb } from './open.ts';

const place = (subject: string): number => {
  const at = noticeSubjects.findIndex((s) => s === subject);
  return at < 0 ? noticeSubjects.length : at;
};

/** The dates typed for a month: the two notices, then the others by their words. */
export function listDeadlines(db: ReadDb, cycle: BillingCycle): Deadline[] {
  return db
    .prepare<[string], Deadline>('SELECT subject, date FROM deadline WHERE cycle = ? ORDER BY subject')
    .all(cycle)
    .sort((a, b) => place(a.subject) - place(b.subject));
}

/** Stores a month's date for a subject in the place of the one before. */
export function setDeadline(db: WriteDb, cycle: BillingCycle, { subject, date }: Deadline, at: string): void {
  db.prepare(
    `INSERT INTO deadline (cycle, subject, date, updated_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (cycle, subject) DO UPDATE SET date = excluded.date, updated_at = excluded.updated_at`,
  ).run(cycle, subject, date, at);
}

/** Forgets a date; false where there was none. */
export const removeDeadline = (db: WriteDb, cycle: BillingCycle, subject: string): boolean =>
  db.prepare('DELETE FROM deadline WHERE cycle = ? AND subject = ?').run(cycle, subject).changes > 0;
