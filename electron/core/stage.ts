import type { Text } from './finding.ts';
import type { PaymentRequest } from './invoice.ts';
import { displayMoney, type Money } from './money.ts';
import { followEntries, paidInFullOn, type Progress } from './progress.ts';
import type { Entry } from './request-entry.ts';
import { needsNoInvoice, stageOfStatus } from './request-status.ts';
import { lookAt, withRejections, type Look, type StatusSeen } from './status-seen.ts';

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

export interface StageFacts {
  readonly request: PaymentRequest;
  /** Every look at its status, in any order. */
  readonly statusSeen: readonly StatusSeen[];
  readonly invoiced: Money;
  /** Of each invoice tied: its date, else the day it was entered; '' where neither is known. */
  readonly invoiceDates: readonly string[];
  /** What we entered. */
  readonly entries: readonly Entry[];
}

export interface StageVerdict {
  readonly stage: Stage;
  /** ISO date from which it is known to be there; absent where nothing says. */
  readonly since?: string;
  readonly decidedBy: Decider;
  readonly notes: readonly Text[];
}

/** What the entries say, with the rejections that the vendor's status tells. */
export const progressOf = ({ request, entries, statusSeen }: StageFacts): Progress =>
  followEntries(withRejections(request.requestId, entries, statusSeen));

/**
 * Where a request stands, purely from what is known. Which wins, the first that holds:
 * 1. taken back by our own entry, with nothing entered after it → ended;
 * 2. payments came up to the amount → paid; 3. the vendor says 已完成 → paid (told where no, or other, money was entered);
 * 4. no invoice is needed by its way of payout, and neither invoice nor entry is there → ended; the vendor says 已撤回 → ended;
 * 5. rejected, by our entry or the vendor's status, until we enter something after it or the vendor says, in a file of a later day, that it is
 *    under review or being paid; what either said before a rejection counts no more;
 * 6. else whichever is furthest: the vendor's status, our entries, or the invoices tied (they add up to the request → invoiced). On a tie the vendor's;
 * 7. nobody says anything → toInvoice.
 */
export function stageOf(facts: StageFacts, progress: Progress = progressOf(facts)): StageVerdict {
  const { request } = facts;
  const { state, rejection } = progress;
  const says = stageOfStatus(request.status);
  const byStatus = (stage: Stage, look: Look | undefined, notes: readonly Text[] = []): StageVerdict =>
    verdict(stage, 'status', statusSince(request, stage, look), notes);
  const seen = lookAt(request.status, facts.statusSeen);
  if (state === 'recalled') return verdict('ended', 'entries', progress.since);
  const paidOn = paidInFullOn(request.amount, progress);
  if (paidOn !== undefined) return verdict('paid', 'entries', paidOn);
  if (says === 'paid') return byStatus('paid', seen, completedNotes(request, progress));
  if (says === 'ended') return byStatus('ended', seen);
  if (needsNoInvoice(request.payoutMode) && facts.invoiceDates.length === 0 && state === undefined) {
    return verdict('ended', 'payoutMode', day(request.appliedAt));
  }
  const after = lookAt(request.status, facts.statusSeen, rejection?.on);
  const goneOn = (says === 'underReview' || says === 'paying') && after !== undefined;
  if (state === 'rejected' && !goneOn) return verdict('rejected', rejection!.id === 0 ? 'status' : 'entries', progress.since);
  const candidates: StageVerdict[] = [];
  // A status that was last seen before the rejection is of the round before.
  if (says !== undefined && says !== 'rejected' && (rejection === undefined || after !== undefined)) candidates.push(byStatus(says, after));
  if (state !== undefined && state !== 'rejected') candidates.push(verdict(state, 'entries', progress.since));
  if (addUp(facts)) candidates.push(verdict('invoiced', 'invoices', day(facts.invoiceDates.toSorted().at(-1))));
  // Stable: of equal stages the first stays.
  const [furthest] = candidates.toSorted((a, b) => stages.indexOf(b.stage) - stages.indexOf(a.stage));
  return furthest ?? verdict('toInvoice', 'assumed', day(request.appliedAt));
}

/** Before invoicing nothing else happens, so a status that was the first one seen may have stood since the request was made. */
function statusSince({ appliedAt }: PaymentRequest, stage: Stage, look: Look | undefined): string | undefined {
  const applied = day(appliedAt);
  const early = stages.indexOf(stage) < stages.indexOf('invoiced');
  return look === undefined || (early && look.first && applied !== undefined && applied < look.from) ? applied : look.from;
}

const verdict = (stage: Stage, decidedBy: Decider, since: string | undefined, notes: readonly Text[] = []): StageVerdict => ({
  stage,
  decidedBy,
  notes,
  ...(since !== undefined && { since }),
});

const addUp = ({ request: { amount }, invoiced, invoiceDates }: StageFacts): boolean =>
  invoiceDates.length > 0 && (amount < 0n ? invoiced <= amount : invoiced >= amount);

function completedNotes(request: PaymentRequest, progress: Progress): Text[] {
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
