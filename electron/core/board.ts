import type { Text } from './finding.ts';
import type { PaymentRequest } from './invoice.ts';
import { daysBetween } from './month.ts';
import type { Money } from './money.ts';
import { paidInFullOn, type Progress } from './progress.ts';
import { promiseDate } from './promise.ts';
import { progressOf, stageOf, stages, type Decider, type Stage, type StageFacts } from './stage.ts';

/** One request on the board. */
export interface BoardRow {
  readonly request: PaymentRequest;
  readonly stage: Stage;
  readonly decidedBy: Decider;
  readonly since?: string;
  /** Days in this stage by today; absent where it is not known since when. */
  readonly ageDays?: number;
  readonly invoiced: Money;
  readonly received: Money;
  readonly progress: Progress;
  /** The last day on which payment is in time; only once the vendor's receipt is known and something is to be paid. */
  readonly promise?: string;
  /** That day is past, and not everything has come. */
  readonly overdue: boolean;
  readonly notes: readonly Text[];
}

/** One stage with its sums, each currency by itself. */
export interface BoardStage {
  readonly stage: Stage;
  readonly count: number;
  readonly totals: readonly { readonly currency: string; readonly requested: Money; readonly invoiced: Money; readonly received: Money }[];
}

/** The promise that holds for a request, whatever its stage; undefined where nothing is to be paid or no receipt is known. */
export const promiseOf = ({ amount }: PaymentRequest, { receivedOn }: Progress, paymentDays: number): string | undefined =>
  receivedOn === undefined || amount <= 0n ? undefined : promiseDate(receivedOn, paymentDays);

/** One request as it stands on `today` (ISO date). */
export function boardRow(facts: StageFacts, paymentDays: number, today: string): BoardRow {
  const { request, invoiced } = facts;
  const progress = progressOf(facts);
  const verdict = stageOf(facts, progress);
  const promise = verdict.stage === 'ended' ? undefined : promiseOf(request, progress, paymentDays);
  return {
    request,
    ...verdict,
    ...(verdict.since !== undefined && { ageDays: Math.max(0, daysBetween(verdict.since, today)) }),
    invoiced,
    received: progress.received,
    progress,
    ...(promise !== undefined && { promise }),
    overdue: promise !== undefined && verdict.stage !== 'paid' && today > promise && paidInFullOn(request.amount, progress) === undefined,
  };
}

/** Every stage, empty ones too, with the sums of its requests. */
export function stageTotals(rows: readonly BoardRow[]): BoardStage[] {
  const byStage = Map.groupBy(rows, (row) => row.stage);
  return stages.map((stage) => {
    const here = byStage.get(stage) ?? [];
    const currencies = Map.groupBy(here, ({ request }) => request.currency);
    const totals = [...currencies]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, group]) => {
        const sum = (of: (row: BoardRow) => Money): Money => group.reduce((total, row) => total + of(row), 0n);
        return {
          currency,
          requested: sum((row) => row.request.amount),
          invoiced: sum((row) => row.invoiced),
          received: sum((row) => row.received),
        };
      });
    return { stage, count: here.length, totals };
  });
}
