import type { RemovedEntry } from '../../db/request-entries.ts';
import type { StoredFinding } from '../core/finding.ts';
import type { Output } from '../contract.ts';
import { stageTotals, type BoardRow } from '../core/board.ts';
import { formatMoney } from '../core/money.ts';
import { workingDaysAfter } from '../core/promise.ts';
import type { Entry } from '../core/request-entry.ts';
import { stageNames, stages } from '../core/stage.ts';

type WireProgress = Output<'requests.progress'>['progress'];
type WireBoard = Output<'requests.board'>;
type Standing = Omit<WireProgress, 'requestId' | 'entries' | 'removed'>;

/** A row of the board for the wire, without what the board and one request show beside it. */
function standing(row: BoardRow): Standing {
  const { request, stage, decidedBy, since, ageDays, promise, progress } = row;
  const { mailing, receivedOn } = progress;
  return {
    stage,
    stageName: stageNames[stage],
    decidedBy,
    ...(since !== undefined && { since }),
    ...(ageDays !== undefined && { ageDays }),
    currency: request.currency,
    amount: formatMoney(request.amount),
    invoiced: formatMoney(row.invoiced),
    received: formatMoney(row.received),
    outstanding: formatMoney(request.amount - row.received),
    ...(mailing?.courier !== undefined && { courier: mailing.courier }),
    ...(mailing?.tracking !== undefined && { tracking: mailing.tracking }),
    ...(mailing && { sentOn: mailing.on }),
    ...(receivedOn !== undefined && { receivedOn }),
    ...(promise !== undefined && { promise }),
    overdue: row.overdue,
    notes: [...row.notes],
  };
}

/** The whole board; `findingsOf` gives the open findings of a request. */
export function wireBoard(
  rows: readonly BoardRow[],
  findingsOf: (requestId: string) => readonly StoredFinding[],
  today: string,
): WireBoard {
  const sorted = rows.toSorted(
    (a, b) =>
      stages.indexOf(a.stage) - stages.indexOf(b.stage) ||
      (b.ageDays ?? -1) - (a.ageDays ?? -1) ||
      (a.request.requestId < b.request.requestId ? -1 : 1),
  );
  return {
    today,
    stages: stageTotals(rows).map(({ stage, count, totals }) => ({
      stage,
      name: stageNames[stage],
      count,
      totals: totals.map(({ currency, requested, invoiced, received }) => ({
        currency,
        requested: formatMoney(requested),
        invoiced: formatMoney(invoiced),
        received: formatMoney(received),
      })),
    })),
    requests: sorted.map((row) => ({
      requestId: row.request.requestId,
      billingCycle: row.request.billingCycle,
      status: row.request.status,
      buyerName: row.request.buyerName,
      ...standing(row),
      findings: findingsOf(row.request.requestId).map((f) => ({
        key: f.key,
        code: f.code,
        severity: f.severity,
        status: f.status,
        billingCycle: f.cycle,
        difference: formatMoney(f.difference),
        reason: { zh: f.zh, en: f.en },
      })),
    })),
  };
}

/** One request with its entries, those that hold and those that do not. */
export function wireProgress(
  row: BoardRow,
  entries: readonly Entry[],
  removed: readonly RemovedEntry[],
  withdrawalDays: number,
): WireProgress {
  const wired = (one: Entry): WireProgress['entries'][number] => ({
    id: one.id,
    kind: one.kind,
    on: one.on,
    ...(one.courier !== undefined && { courier: one.courier }),
    ...(one.tracking !== undefined && { tracking: one.tracking }),
    ...(one.amount !== undefined && { amount: formatMoney(one.amount) }),
    ...(one.complete === true && { complete: true }),
    ...(one.note !== undefined && { note: one.note }),
    typedAt: one.typedAt,
    ...(one.kind === 'withdrawal' && { expectedOn: workingDaysAfter(one.on, withdrawalDays) }),
  });
  return {
    requestId: row.request.requestId,
    ...standing(row),
    entries: entries.map(wired),
    removed: removed.map((one) => ({
      ...wired(one),
      removedAt: one.removedAt,
      removedWhy: one.removedWhy,
      ...(one.replacedBy !== undefined && { replacedBy: one.replacedBy }),
    })),
  };
}
