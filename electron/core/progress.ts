import type { Money } from './money.ts';
import type { Entry } from './request-entry.ts';

/** How far a request has come by our own entries; 'rejected' stands until it is sent or received anew. */
export type OwnState = 'sent' | 'underReview' | 'rejected' | 'paying' | 'recalled';

/** What the entries of one request say together. Dates are ISO. */
export interface Progress {
  readonly state?: OwnState;
  /** When it came into that state. */
  readonly since?: string;
  /** The last mailing or sending since the last rejection. */
  readonly mailing?: Entry;
  /** When the vendor received what is now with it: the first receipt after the last rejection. */
  readonly receivedOn?: string;
  readonly rejection?: Entry;
  /** In the order of their dates. */
  readonly payments: readonly Entry[];
  /** Σ payments. */
  readonly received: Money;
  /** A payment was told to be the last one. */
  readonly toldComplete: boolean;
}

const rank: Readonly<Record<OwnState, number>> = { sent: 1, underReview: 2, paying: 3, rejected: 4, recalled: 5 };

/** Entries by date; those of one day in the order in which they were first typed. */
export const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.place - b.place));

/**
 * Walks through the entries in their order. Within one round a request only goes forward (a second parcel does not undo a receipt); a rejection
 * ends the round, and the next mailing, receipt or passing begins another. What was taken back begins anew with any later entry.
 */
export function followEntries(entries: readonly Entry[]): Progress {
  let [state, since, receivedOn]: [OwnState?, string?, string?] = [];
  let mailing: Entry | undefined;
  let rejection: Entry | undefined;
  const ordered = inOrder(entries);
  for (const entry of ordered) {
    if (entry.kind === 'mailed' || entry.kind === 'sent') mailing = entry;
    if (entry.kind === 'rejected') [rejection, receivedOn, mailing] = [entry, undefined, undefined];
    if (entry.kind === 'received') receivedOn ??= entry.on;
    const next = leadsTo(entry);
    if (next === undefined) continue;
    const anew = next === 'rejected' || next === 'recalled' || state === 'rejected' || state === 'recalled';
    if (state !== undefined && !anew && rank[next] <= rank[state]) continue;
    [state, since] = [next, entry.on];
  }
  const payments = ordered.filter(({ kind }) => kind === 'payment');
  return {
    ...(state !== undefined && since !== undefined && { state, since }),
    ...(mailing && { mailing }),
    ...(receivedOn !== undefined && { receivedOn }),
    ...(rejection && { rejection }),
    payments,
    received: payments.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n),
    toldComplete: payments.some(({ complete }) => complete === true),
  };
}

function leadsTo({ kind, amount = 0n }: Entry): OwnState | undefined {
  switch (kind) {
    case 'mailed':
    case 'sent':
      return 'sent';
    case 'received':
      return 'underReview';
    case 'passed':
      return 'paying';
    case 'payment':
      // Money that went back says nothing of the review.
      return amount > 0n ? 'paying' : undefined;
    case 'rejected':
      return 'rejected';
    case 'recalled':
      return 'recalled';
    case 'corrected':
    case 'withdrawal':
      return undefined;
  }
}

/** The day on which the payments first came up to the amount; undefined where they do not stay there, or nothing was due. */
export function paidInFullOn(amount: Money, { payments, received }: Progress): string | undefined {
  if (payments.length === 0 || received < amount || amount <= 0n) return undefined;
  let sum = 0n;
  let reached: string | undefined;
  for (const payment of payments) {
    sum += payment.amount ?? 0n;
    if (sum < amount) reached = undefined;
    else reached ??= payment.on;
  }
  return reached;
}
