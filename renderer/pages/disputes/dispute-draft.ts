import type { Input } from '../../../electron/contract.ts';
import type { FindingStatus } from '../../../electron/core/checks.ts';
import { readDate } from '../../../electron/core/deadline.ts';
import { shown } from '../../components/amounts.ts';
import type { Dispute } from '../../stores/disputes.ts';

/** What stands in the form. */
export interface Draft {
  readonly sentOn: string;
  readonly sentBy: string;
  readonly answeredOn: string;
  readonly answer: string;
  readonly recovered: string;
}
export const draftFields = ['sentOn', 'sentBy', 'answeredOn', 'answer', 'recovered'] as const satisfies readonly (keyof Draft)[];

/** What is known of a dispute; of several at once nothing. */
export const draftOf = (d: Dispute | undefined): Draft => ({
  sentOn: d?.sentOn ?? '',
  sentBy: d?.sentBy ?? '',
  answeredOn: d?.answeredOn ?? '',
  answer: d?.answer ?? '',
  recovered: d?.recovered === undefined ? '' : shown(d.recovered),
});

/** The status that follows from what is written down: it only goes forward, except that a day of sending which is taken back opens it again. */
function followed(from: FindingStatus, before: Draft, after: Draft): FindingStatus {
  const newly = (field: keyof Draft) => after[field] !== before[field] && after[field] !== '';
  if (from !== 'open' && from !== 'disputed') return from;
  if (newly('answeredOn') || newly('answer')) return 'answered';
  if (newly('sentOn')) return 'disputed';
  return from === 'disputed' && before.sentOn !== '' && after.sentOn === '' ? 'open' : from;
}

/** Whether the typed day of sending is after the one that is stored: then it was sent once more, unless the person says that the day was wrong. */
export function sentLater(before: Draft, typed: Draft): boolean {
  const day = readDate(typed.sentOn);
  return day !== undefined && before.sentOn !== '' && day > before.sentOn;
}

/**
 * What is to be stored: only what was changed. Undefined where nothing was. Of several disputes `from` is absent: then what is written down decides. Sent
 * once more (`again`), what stands of the sending before is no part of it.
 */
export function changeOf(
  before: Draft,
  typed: Draft,
  from: FindingStatus | undefined,
  again: boolean,
): Omit<Input<'findings.mark'>, 'keys'> | undefined {
  const after = Object.fromEntries(draftFields.map((f) => [f, typed[f].trim()])) as unknown as Draft;
  const anew = (f: keyof Draft) => again && (f === 'answeredOn' || f === 'answer');
  const changed = draftFields.filter((f) => after[f] !== before[f] && !(anew(f) && after[f] === ''));
  const fields = Object.fromEntries(changed.map((f) => [f, after[f]]));
  if (again) return { ...fields, sentOn: after.sentOn, again, status: changed.some(anew) ? 'answered' : 'disputed' };
  if (changed.length === 0) return undefined;
  const status = followed(from ?? 'open', before, after);
  return { ...fields, ...(status !== (from ?? 'open') && { status }) };
}
