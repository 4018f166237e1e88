import type { Entry } from './request-entry.ts';
import { stageOfStatus } from './request-status.ts';

/** One look at the vendor's status of a request: in a file, or typed. */
export interface StatusSeen {
  readonly status: string;
  /** When the file was exported (else imported), or when it was typed: "YYYY-MM-DD HH:MM:SS", or a date. */
  readonly asOf: string;
  /** The file says when it was exported, so that it is the same day on every machine. */
  readonly dated: boolean;
}

const inTime = (seen: readonly StatusSeen[]): StatusSeen[] =>
  seen.toSorted((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : a.status < b.status ? -1 : a.status > b.status ? 1 : 0));

/** A status as it was seen without another one in between: the days, and whether no other one was seen before. */
export interface Look {
  readonly from: string;
  readonly last: string;
  readonly first: boolean;
}

/** The last time that this status was seen; only looks after the day `after` count. */
export function lookAt(status: string, seen: readonly StatusSeen[], after = ''): Look | undefined {
  const looks = inTime(seen).filter(({ asOf }) => asOf.slice(0, 10) > after);
  const end = looks.findLastIndex((look) => look.status === status);
  if (end < 0) return undefined;
  let start = end;
  while (start > 0 && looks[start - 1]!.status === status) start -= 1;
  return { from: looks[start]!.asOf.slice(0, 10), last: looks[end]!.asOf.slice(0, 10), first: start === 0 && after === '' };
}

/**
 * Our entries with the rejections that only the vendor's status tells: one on the day on which 驳回 was first seen, before what we entered for that
 * day (a parcel of the same day answers it). None where we entered a rejection ourselves since the status before it was seen.
 */
export function withRejections(requestId: string, entries: readonly Entry[], seen: readonly StatusSeen[]): Entry[] {
  const looks = inTime(seen);
  const told = looks.flatMap(({ status, asOf }, index): Entry[] => {
    if (stageOfStatus(status) !== 'rejected') return [];
    const before = looks[index - 1];
    if (before && stageOfStatus(before.status) === 'rejected') return [];
    const on = asOf.slice(0, 10);
    const since = before?.asOf.slice(0, 10) ?? '';
    const ours = entries.some(({ kind, on: day }) => kind === 'rejected' && day >= since && day <= on);
    return ours ? [] : [{ id: 0, place: 0, requestId, kind: 'rejected', on, typedAt: asOf }];
  });
  return [...entries, ...told];
}
