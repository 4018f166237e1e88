import type { CheckCode } from './checks.ts';

/** What a list of disputes can show: what is still to be given to the vendor, what waits for an answer, either past its date, what is answered, and what is over. */
export const disputeViews = ['toSend', 'waiting', 'overdue', 'answered', 'settled'] as const;
export type DisputeView = (typeof disputeViews)[number];

/** What was given to the vendor of a finding, and what came back; null: nobody said. Days are "YYYY-MM-DD", `recovered` is 1e-8 yuan. */
export interface DisputeRecord {
  readonly sentOn: string | null;
  readonly sentBy: string;
  readonly answeredOn: string | null;
  readonly answer: string;
  readonly recovered: bigint | null;
}

/** A sending before the one that stands with a finding, with what was answered to it. */
export type EarlierSending = Omit<DisputeRecord, 'sentOn' | 'recovered'> & { readonly sentOn: string };

/** One sending of a finding with its answer, as lists of them have it. `round` 1 is the first; what came back stands with the last. */
export interface Sending extends DisputeRecord {
  readonly key: string;
  readonly round: number;
  readonly code: CheckCode;
  readonly customerId: string | null;
  readonly accountName: string | null;
  readonly tradeId: string | null;
  readonly difference: bigint;
}

/** What a list of findings can be sorted by; equal ones, and all where it is the order, stand in their documented order. */
export const findingSorts = [
  'order',
  'cycle',
  'code',
  'customer',
  'manager',
  'tradeId',
  'expected',
  'stated',
  'amount',
  'status',
  'owner',
  'age',
  'due',
  'sentOn',
  'answeredOn',
  'recovered',
] as const;
export type FindingSort = (typeof findingSorts)[number];
