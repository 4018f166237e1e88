import { readTypedEntry, type EntryKind } from '../../../../electron/core/request-entry.ts';
import type { Input } from '../../../../electron/contract.ts';
import type { Stage } from '../../../../electron/core/stage.ts';
import { shown } from '../../../components/amounts.ts';
import type { Entry, Progress } from '../../../stores/progress.ts';
import type { Language } from '../../../texts/names.ts';

/** The form's texts; those that do not belong to the kind are kept while one looks at another kind, and left out when it is stored. */
export interface Draft {
  readonly kind: EntryKind;
  readonly on: string;
  readonly courier: string;
  readonly tracking: string;
  readonly amount: string;
  readonly complete: boolean;
  readonly note: string;
  /** Of a correction. */
  readonly reason: string;
}
export type DraftField = Exclude<keyof Draft, 'complete' | 'kind' | 'reason'>;

const usualNext: Readonly<Record<Stage, EntryKind>> = {
  toSubmit: 'mailed',
  processing: 'mailed',
  toInvoice: 'mailed',
  invoiced: 'mailed',
  sent: 'received',
  underReview: 'passed',
  rejected: 'corrected',
  paying: 'payment',
  paid: 'withdrawal',
  ended: 'mailed',
};

/** What usually comes next: the form begins with it, and a person chooses. */
export function nextKind({ stage, entries }: Pick<Progress, 'stage' | 'entries'>): EntryKind {
  const last = entries.at(-1)?.kind;
  return stage === 'rejected' && last === 'corrected' ? 'mailed' : usualNext[stage];
}

export const blankDraft = (kind: EntryKind, today: string): Draft => ({
  kind,
  on: today,
  courier: '',
  tracking: '',
  amount: '',
  complete: false,
  note: '',
  reason: '',
});

export const draftOf = (entry: Entry): Draft => ({
  kind: entry.kind,
  on: entry.on,
  courier: entry.courier ?? '',
  tracking: entry.tracking ?? '',
  amount: entry.amount === undefined ? '' : shown(entry.amount),
  complete: entry.complete ?? false,
  note: entry.note ?? '',
  reason: '',
});

const fieldsOfKind: Readonly<Partial<Record<EntryKind, readonly DraftField[]>>> = {
  mailed: ['courier', 'tracking'],
  payment: ['amount'],
  withdrawal: ['amount'],
};

/** The fields of a kind in the order in which they are typed. */
export const fieldsOf = (kind: EntryKind): DraftField[] => ['on', ...(fieldsOfKind[kind] ?? []), 'note'];

/** What is stored of the form. */
export function inputOf(draft: Draft): Omit<Input<'requests.enter'>, 'requestId'> {
  const texts = fieldsOf(draft.kind).flatMap((field) => (field === 'on' || draft[field].trim() === '' ? [] : [[field, draft[field]]]));
  return {
    kind: draft.kind,
    on: draft.on.trim(),
    ...Object.fromEntries(texts),
    ...(draft.kind === 'payment' && draft.complete && { complete: true }),
  };
}

/** What refuses the form, by field, by the app's own rules. */
export function draftProblems(draft: Draft, today: string, language: Language): Map<string, string> {
  const read = readTypedEntry(inputOf(draft), today);
  return new Map('problems' in read ? read.problems.map(({ field, text }) => [field, text[language]]) : []);
}
