import type { Output } from '../../contract.ts';
import { entryNames } from '../../core/request-entry.ts';
import type { Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';

type Request = Output<'requests.list'>['requests'][number];
type Progress = Output<'requests.progress'>['progress'];
type Board = Output<'requests.board'>;

/** A request as `request list --json` prints it: keys that do not apply are absent, invoices by their numbers. */
export function requestDocument({ invoices, problems, ...request }: Request, session: Session): object {
  const given = Object.entries(request).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0));
  return {
    ...Object.fromEntries(given),
    invoices: invoices.map(({ number }) => number),
    problems: problems.map(session.say),
  };
}

/** One request with its entries as `request show --json` prints it. */
export function progressDocument(progress: Progress, session: Session): object {
  const { stageName: _, notes, removed, ...shown } = progress;
  return {
    ...shown,
    ...(removed.length > 0 && { removed }),
    ...(notes.length > 0 && { notes: notes.map(session.say) }),
  };
}

export function boardDocument({ today, stages, requests }: Board, session: Session): object {
  return {
    today,
    stages: stages.map(({ stage, count, totals }) => ({ stage, count, totals })),
    requests: requests.map((request) => {
      const { stageName: _, notes, status, buyerName, ...shown } = request;
      return {
        ...shown,
        ...(status !== '' && { status }),
        ...(buyerName !== '' && { buyerName }),
        ...(notes.length > 0 && { notes: notes.map(session.say) }),
      };
    }),
  };
}

/** Where a request stands, in one sentence's words. */
function standing(progress: Progress | Board['requests'][number], session: Session): string {
  const { say } = session;
  const { stageName, since, ageDays, promise, overdue } = progress;
  return [
    say(stageName),
    ...(since === undefined ? [] : [say({ zh: `自 ${since}（${ageDays ?? 0} 天）`, en: `since ${since} (${ageDays ?? 0} days)` })]),
    ...(promise === undefined ? [] : [say({ zh: `应于 ${promise} 前付款`, en: `payment by ${promise}` })]),
    ...(overdue ? [say({ zh: '已逾期', en: 'overdue' })] : []),
  ].join('  ');
}

export function progressLines(progress: Progress, session: Session): string[] {
  const { say } = session;
  const amounts = say({
    zh: `申付 ${shownAmount(progress.amount)}  已开票 ${shownAmount(progress.invoiced)}  已到账 ${shownAmount(progress.received)}`,
    en: `requested ${shownAmount(progress.amount)}  invoiced ${shownAmount(progress.invoiced)}  received ${shownAmount(progress.received)}`,
  });
  const rows = progress.entries.map((entry) => [
    String(entry.id),
    entry.on,
    say(entryNames[entry.kind]),
    entry.amount === undefined ? '' : shownAmount(entry.amount),
    [
      entry.courier,
      entry.tracking,
      entry.complete && say({ zh: '已付清', en: 'complete' }),
      entry.expectedOn && say({ zh: `约 ${entry.expectedOn} 到账`, en: `about ${entry.expectedOn}` }),
      entry.note,
    ]
      .filter(Boolean)
      .join(' '),
  ]);
  const gone = progress.removed.length;
  return [
    `${progress.requestId}  ${standing(progress, session)}`,
    `  ${amounts}`,
    ...progress.notes.map((note) => `  ${say({ zh: '注意', en: 'note' })}  ${say(note)}`),
    ...alignedLines(rows, [0, 3]).map((line) => `  ${line}`),
    ...(gone > 0
      ? [`  ${say({ zh: `另有 ${gone} 条已更正或移除的记录（--json 可见）`, en: `${gone} corrected or removed entries (see --json)` })}`]
      : []),
  ];
}

export function boardLines(board: Board, session: Session): string[] {
  const { say } = session;
  const head = board.stages
    .filter(({ count }) => count > 0)
    .flatMap(({ name, count, totals }) =>
      totals.map((total, index) => [
        index === 0 ? say(name) : '',
        index === 0 ? String(count) : '',
        total.currency,
        shownAmount(total.requested),
        shownAmount(total.invoiced),
        shownAmount(total.received),
      ]),
    );
  if (head.length === 0) return [say({ zh: '没有申付单。', en: 'There are no payment requests.' })];
  const titles = [
    [say({ zh: '阶段', en: 'Stage' }), say({ zh: '单数', en: 'Count' }), '', say({ zh: '申付', en: 'Requested' })],
    [say({ zh: '已开票', en: 'Invoiced' }), say({ zh: '已到账', en: 'Received' })],
  ].flat();
  const rows = board.requests.map((request) => [
    request.requestId,
    request.billingCycle,
    shownAmount(request.amount),
    standing(request, session),
    [...request.findings.map(({ code }) => code), ...request.notes.map(say)].join('；'),
  ]);
  return [...alignedLines([titles, ...head], [1, 3, 4, 5]), '', ...alignedLines(rows, [2])];
}
