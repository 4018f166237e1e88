import type { FindingStatus } from '../electron/core/checks.ts';
import type { DisputeRecord } from '../electron/core/dispute.ts';
import { refreshDeadlines } from './deadline-findings.ts';
import { keepSending, keptWhenSent, restoreSending } from './dispute-rounds.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** What a person says of findings; absent: it stays. null and '' take it back. */
export type Marking = {
  readonly status?: FindingStatus | undefined;
  readonly note?: string | undefined;
  readonly owner?: string | undefined;
  /** It is sent once more on `sentOn`: the sending before stays among the earlier ones, with its answer. */
  readonly again?: boolean | undefined;
} & {
  readonly [K in keyof DisputeRecord]?: DisputeRecord[K] | undefined;
};

const fields = {
  note: 'note',
  owner: 'owner',
  sentOn: 'sent_on',
  sentBy: 'sent_by',
  answeredOn: 'answered_on',
  answer: 'answer',
  recovered: 'recovered',
} as const;

/** A status that says what happened to a dispute writes down the day, where nobody has; put back, a day that stands alone goes with it. */
const followStatus: Partial<Readonly<Record<FindingStatus, string>>> = {
  disputed: `sent_on = coalesce(sent_on, :today), answered_on = CASE WHEN answer = '' THEN NULL ELSE answered_on END`,
  answered: 'answered_on = coalesce(answered_on, :today)',
  open: `sent_on = CASE WHEN sent_by = '' THEN NULL ELSE sent_on END, answered_on = CASE WHEN answer = '' THEN NULL ELSE answered_on END`,
};

/**
 * Sets status, note, owner of findings, and what was given to the vendor and came back; returns how many rows changed. One that the data has resolved
 * keeps that status: it holds no longer, and only a run can open it again. A sending that is taken back (`sentOn` null) makes room for the one before it.
 * The month's findings on deadlines, which count what is still to be sent, follow at once.
 */
export function markFindings(db: WriteDb, keys: readonly string[], change: Marking, at: string): number {
  const given = (Object.keys(fields) as (keyof typeof fields)[]).filter((name) => change[name] !== undefined);
  const { status } = change;
  const values = { ...Object.fromEntries(given.map((name) => [name, change[name]])), at };
  const writer = (names: typeof given) => {
    const sets = [...names.map((name) => `${fields[name]} = :${name}`), 'updated_at = :at'];
    return names.length === 0 ? undefined : db.prepare(`UPDATE finding SET ${sets.join(', ')} WHERE key = :key`);
  };
  const update = writer(given);
  const updateRest = writer(given.filter((name) => name !== 'sentOn'));
  const follow = status && followStatus[status];
  const setStatus =
    status &&
    db.prepare(
      `UPDATE finding SET status = :status, reopened_status = NULL${follow ? `, ${follow}` : ''}, updated_at = :at WHERE key = :key AND resolved_by_data = 0`,
    );
  const stated = { status, at, ...(follow?.includes(':today') && { today: at.slice(0, 10) }) };
  const months = db
    .prepare<[string], string>('SELECT DISTINCT cycle FROM finding WHERE key IN (SELECT value FROM json_each(?)) ORDER BY cycle')
    .pluck();
  const mark = (key: string): number => {
    if (change.again && change.sentOn) keepSending(db, key, change.sentOn);
    if (change.sentOn === null && restoreSending(db, key)) {
      // The status goes with the sending that stands again.
      updateRest?.run({ ...values, key });
      return 1;
    }
    const told = update?.run({ ...values, key }).changes ?? 0;
    return Math.max(told, setStatus?.run({ ...stated, key }).changes ?? 0);
  };
  return db
    .transaction(() => {
      const changed = keys.reduce((n, key) => n + mark(key), 0);
      if (status !== undefined) for (const cycle of months.all(JSON.stringify(keys))) refreshDeadlines(db, cycle, at);
      return changed;
    })
    .immediate();
}

/** The first of the findings that would be answered before it was sent, once `change` is stored. */
export function answeredBeforeSent(
  db: ReadDb,
  keys: readonly string[],
  { sentOn, answeredOn, again }: Marking,
): { readonly key: string; readonly sentOn: string; readonly answeredOn: string } | undefined {
  if (!sentOn && !answeredOn) return undefined;
  const stays = again ? `CASE WHEN ${keptWhenSent} THEN NULL ELSE answered_on END` : 'answered_on';
  return db
    .prepare<unknown[], { key: string; sentOn: string; answeredOn: string }>(
      `SELECT key, coalesce(@sentOn, sent_on) AS sentOn, coalesce(@answeredOn, ${stays}) AS answeredOn
         FROM finding WHERE key IN (SELECT value FROM json_each(@keys)) AND coalesce(@answeredOn, ${stays}) < coalesce(@sentOn, sent_on) LIMIT 1`,
    )
    .get({ keys: JSON.stringify(keys), sentOn: sentOn ?? null, answeredOn: answeredOn ?? null });
}

/** The first of the findings that was already sent after `sentOn`, the day on which it is said to be sent once more. */
export function sentLater(
  db: ReadDb,
  keys: readonly string[],
  sentOn: string,
): { readonly key: string; readonly sentOn: string } | undefined {
  return db
    .prepare<[string, string], { key: string; sentOn: string }>(
      'SELECT key, sent_on AS sentOn FROM finding WHERE key IN (SELECT value FROM json_each(?)) AND sent_on > ? LIMIT 1',
    )
    .get(JSON.stringify(keys), sentOn);
}
