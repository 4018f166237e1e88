import type { Text } from './finding.ts';
import type { PaymentRequest } from './invoice.ts';
import { displayMoney, type Money } from './money.ts';
import { paidInFullOn, type Progress } from './progress.ts';
import { needsNoInvoice, stageOfStatus } from './request-status.ts';

/** The stages of a payment request, in their order; every request is in exactly one. */
export const stages = [
  ...(['toSubmit', 'processing', 'toInvoice', 'invoiced', 'sent', 'underReview', 'rejected', 'paying', 'paid', 'ended'] as const),
] as const;
export type Stage = (typeof stages)[number];

export const stageNames: Readonly<Record<Stage, Text>> = {
  toSubmit: { zh: '待提交', en: 'To be submitted' },
  processing: { zh: '处理中', en: 'Being processed' },
  toInvoice: { zh: '待开票', en: 'To be invoiced' },
  invoiced: { zh: '已开票未寄', en: 'Invoiced, not sent' },
  sent: { zh: '已寄出', en: 'Sent' },
  underReview: { zh: '已签收/审核中', en: 'Received, under review' },
  rejected: { zh: '驳回', en: 'Rejected' },
  paying: { zh: '支付中', en: 'Being paid' },
  paid: { zh: '已到账', en: 'Paid' },
  ended: { zh: '已撤回/不需开票', en: 'Taken back, or no invoice needed' },
};

/** Who says so: the vendor's status, our entries, the invoices tied, the way of payout, or nobody (assumed). */
export const deciders = ['status', 'entries', 'invoices', 'payoutMode', 'assumed'] as const;
export type Decider = (typeof deciders)[number];

/** One look at the vendor's status: `asOf` is when the file was exported (else imported), or when it was typed. */
export interface StatusSeen {
  readonly status: string;
  /** "YYYY-MM-DD HH:MM:SS", or a date. */
  readonly asOf: string;
}

export interface StageFacts {
  readonly request: PaymentRequest;
  /** Every look at its status, in any order. */
  readonly statusSeen: readonly StatusSeen[];
  readonly invoiced: Money;
  /** Of each invoice tied: its date, else the day it was entered; '' where neither is known. */
  readonly invoiceDates: readonly string[];
  readonly progress: Progress;
}

export interface StageVerdict {
  readonly stage: Stage;
  /** ISO date from which it is known to be there; absent where nothing says. */
  readonly since?: string;
  readonly decidedBy: Decider;
  readonly notes: readonly Text[];
}

/**
 * Where a request stands, purely from what is known. Which wins, the first that holds:
 * 1. taken back by our own entry, with nothing entered after it → ended;
 * 2. payments came up to the amount → paid; 3. the vendor says 已完成 → paid (told where no, or less, money was entered);
 * 4. no invoice is needed by its way of payout, and neither invoice nor entry is there → ended; the vendor says 已撤回 → ended;
 * 5. rejected: by whoever spoke last. The vendor's 驳回 holds until an entry of the same day as its export or later goes beyond it; ours holds until
 *    the vendor says, in a file exported on a later day, that it is under review or being paid;
 * 6. else whichever is furthest: the vendor's status, our entries, or the invoices tied (they add up to the request → invoiced). On a tie the vendor's;
 * 7. nobody says anything → toInvoice.
 */
export function stageOf(facts: StageFacts): StageVerdict {
  const { request, progress } = facts;
  const says = stageOfStatus(request.status);
  const sight = says && lookAt(request.status, facts.statusSeen);
  const byStatus = (stage: Stage, notes: readonly Text[] = []): StageVerdict => {
    const since = day(sight?.from) ?? day(request.appliedAt);
    return { stage, decidedBy: 'status', notes, ...(since !== undefined && { since }) };
  };
  if (progress.state === 'recalled') return { stage: 'ended', since: progress.since!, decidedBy: 'entries', notes: [] };
  const paidOn = paidInFullOn(request.amount, progress);
  if (paidOn !== undefined) return { stage: 'paid', since: paidOn, decidedBy: 'entries', notes: [] };
  if (says === 'paid') return byStatus('paid', completedNotes(facts));
  if (says === 'ended') return byStatus('ended');
  if (needsNoInvoice(request.payoutMode) && facts.invoiceDates.length === 0 && progress.state === undefined) {
    const since = day(request.appliedAt);
    return { stage: 'ended', decidedBy: 'payoutMode', notes: [], ...(since !== undefined && { since }) };
  }
  const rejected = rejection(facts, says, sight?.last);
  if (rejected === 'ours') return { stage: 'rejected', since: progress.since!, decidedBy: 'entries', notes: [] };
  if (rejected === 'theirs') return byStatus('rejected');
  return furthest(facts, says, byStatus);
}

function furthest(facts: StageFacts, says: Stage | undefined, byStatus: (stage: Stage) => StageVerdict): StageVerdict {
  const { request, progress } = facts;
  const own: Stage | undefined = progress.state === 'rejected' || progress.state === 'recalled' ? undefined : progress.state;
  const vendors = says === 'rejected' ? undefined : says;
  const complete =
    facts.invoiceDates.length > 0 && (request.amount < 0n ? facts.invoiced <= request.amount : facts.invoiced >= request.amount);
  const order = (stage: Stage | undefined): number => (stage === undefined ? -1 : stages.indexOf(stage));
  const furthestRank = Math.max(order(vendors), order(own), complete ? order('invoiced') : -1);
  if (furthestRank < 0) {
    const since = day(request.appliedAt);
    return { stage: 'toInvoice', decidedBy: 'assumed', notes: [], ...(since !== undefined && { since }) };
  }
  if (vendors !== undefined && order(vendors) === furthestRank) return byStatus(vendors);
  if (own !== undefined && order(own) === furthestRank) return { stage: own, since: progress.since!, decidedBy: 'entries', notes: [] };
  const since = day(facts.invoiceDates.toSorted().at(-1));
  return { stage: 'invoiced', decidedBy: 'invoices', notes: [], ...(since !== undefined && { since }) };
}

/** Whose rejection holds now, if any. */
function rejection({ progress }: StageFacts, says: Stage | undefined, asOf: string | undefined): 'ours' | 'theirs' | undefined {
  const { state, since = '' } = progress;
  const seen = day(asOf) ?? '';
  if (state === 'rejected') {
    const wentOn = (says === 'underReview' || says === 'paying') && seen > since;
    return wentOn ? undefined : 'ours';
  }
  if (says !== 'rejected') return undefined;
  return state !== undefined && lastStep(progress) >= seen ? undefined : 'theirs';
}

/** The day of the last entry that takes it further. */
const lastStep = ({ since = '', mailing, receivedOn = '' }: Progress): string => [since, mailing?.on ?? '', receivedOn].toSorted().at(-1)!;

/** When this status was first seen without another one in between, and when last. */
function lookAt(status: string, seen: readonly StatusSeen[]): { readonly from: string; readonly last: string } | undefined {
  const looks = seen.toSorted((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0));
  const end = looks.findLastIndex((look) => look.status === status);
  if (end < 0) return undefined;
  let start = end;
  while (start > 0 && looks[start - 1]!.status === status) start -= 1;
  return { from: looks[start]!.asOf, last: looks[end]!.asOf };
}

function completedNotes({ request, progress }: StageFacts): Text[] {
  if (progress.received === request.amount) return [];
  const [received, amount] = [progress.received, request.amount].map(displayMoney);
  return progress.payments.length === 0
    ? [{ zh: '状态为已完成，还没有录入到账', en: 'The vendor says completed; no payment was entered yet' }]
    : [
        {
          zh: `状态为已完成，录入到账 ${received}，申付金额 ${amount}`,
          en: `The vendor says completed; ${received} was entered as received of ${amount}`,
        },
      ];
}

const day = (time: string | undefined): string | undefined => (time ? time.slice(0, 10) : undefined);
