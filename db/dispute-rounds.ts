import type { EarlierSending, Sending } from '../electron/core/dispute.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import type { ReadDb, WriteDb } from './open.ts';
import { prepared } from './prepared.ts';

/** Whether the sending that stands with a finding has to be kept when it is sent once more on @sentOn: on that very day, and unanswered, it is the same one. */
export const keptWhenSent = `(sent_on IS NOT NULL AND (sent_on < @sentOn OR answered_on IS NOT NULL OR answer <> ''))`;

/** Puts the sending that stands with the finding, with its answer, among the earlier ones, where there is one to keep. Must run in the caller's transaction. */
export function keepSending(db: WriteDb, key: string, sentOn: string): void {
  const kept = prepared<[{ key: string; sentOn: string }], unknown>(
    db,
    `INSERT INTO dispute_round (key, round, sent_on, sent_by, answered_on, answer)
     SELECT key, 1 + (SELECT count(*) FROM dispute_round r WHERE r.key = finding.key), sent_on, sent_by, answered_on, answer
       FROM finding WHERE key = @key AND ${keptWhenSent}`,
  ).run({ key, sentOn }).changes;
  if (kept > 0) prepared<[string], unknown>(db, `UPDATE finding SET answered_on = NULL, answer = '' WHERE key = ?`).run(key);
}

/** Puts the last of the earlier sendings back in the place of the one that stands; answers whether there was one. Must run in the caller's transaction. */
export function restoreSending(db: WriteDb, key: string): boolean {
  const restored = prepared<[{ key: string }], unknown>(
    db,
    `UPDATE finding SET sent_on = r.sent_on, sent_by = r.sent_by, answered_on = r.answered_on, answer = r.answer,
            status = CASE WHEN status IN ('resolved', 'accepted') THEN status WHEN r.answered_on IS NULL AND r.answer = '' THEN 'disputed' ELSE 'answered' END
       FROM (SELECT * FROM dispute_round WHERE key = @key ORDER BY round DESC LIMIT 1) AS r
      WHERE finding.key = @key`,
  ).run({ key }).changes;
  if (restored === 0) return false;
  prepared<[{ key: string }], unknown>(
    db,
    'DELETE FROM dispute_round WHERE key = @key AND round = (SELECT max(round) FROM dispute_round WHERE key = @key)',
  ).run({ key });
  return true;
}

/** The sendings of a finding before the one that stands, the first one first. */
export const earlierSendings = (db: ReadDb, key: string): EarlierSending[] =>
  prepared<[string], EarlierSending>(
    db,
    'SELECT sent_on AS sentOn, sent_by AS sentBy, answered_on AS answeredOn, answer FROM dispute_round WHERE key = ? ORDER BY round',
  ).all(key);

/** Every sending of the month's findings with its answer, those that the data has resolved too: by finding, the first sending first. */
export function sendingsOf(db: ReadDb, cycle: BillingCycle): Sending[] {
  return db
    .prepare<[{ cycle: string }], Omit<Sending, 'round'> & { readonly round: bigint }>(
      `WITH sending AS (
         SELECT r.key AS key, r.round AS round, r.sent_on AS sentOn, r.sent_by AS sentBy, r.answered_on AS answeredOn, r.answer AS answer, NULL AS recovered
           FROM dispute_round r
         UNION ALL
         SELECT key, 1 + (SELECT count(*) FROM dispute_round r WHERE r.key = finding.key), sent_on, sent_by, answered_on, answer, recovered
           FROM finding
          WHERE cycle = @cycle AND (sent_on IS NOT NULL OR answered_on IS NOT NULL OR answer <> '' OR recovered IS NOT NULL)
       )
       SELECT sending.*, f.code AS code, f.customer_id AS customerId, f.account_name AS accountName, f.trade_id AS tradeId, f.difference AS difference
         FROM finding f JOIN sending ON sending.key = f.key
        WHERE f.cycle = @cycle
        ORDER BY f.resolved_by_data, f.position, f.key, sending.round`,
    )
    .all({ cycle })
    .map((s) => ({ ...s, round: Number(s.round) }));
}
