import type { Output } from '../../contract.ts';
import { entryNames } from '../../core/request-entry.ts';
import type { Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';
import { counted } from '../../core/display-count.ts';

type Request = Output<'requests.list'>['requests'][number];
type Progress = Output<'requests.progress'>['progress'];
type Board = Output<'requests.board'>;
type Basis = Output<'requests.basis'>['basis'];

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

/** What the request's bills come to, as `request show --json` prints it: what is known already stands in the request itself. */
export function basisDocument(basis: Basis): object {
  const other = ['requestId', 'amount'];
  return Object.fromEntries(Object.entries(basis).filter(([key, value]) => value !== '' && !other.includes(key)));
}

/** The conversion written out, or why there is none. */
export function basisLine(basis: Basis, { say }: Session): string {
  const { bills, incentive, expected, difference, productTaxRate, taxRate } = basis;
  if (bills.length === 0) return say({ zh: '没有写激励账单', en: 'It names no incentive bill' });
  const missing = bills.filter(({ amount }) => amount === undefined).map(({ id }) => id);
  if (missing.length > 0) {
    return say({ zh: `激励账单没有导入：${missing.join('、')}`, en: `Incentive bills not imported: ${missing.join(', ')}` });
  }
  if (incentive === undefined || expected === undefined || difference === undefined) {
    return say({ zh: '税率或产品税率没有写，金额未核对', en: 'Tax rates are not given: the amount is not checked' });
  }
  const sum = `${shownAmount(incentive)} ÷ (1 + ${productTaxRate}) × (1 + ${taxRate}) = ${shownAmount(expected)}`;
  return Number(difference) === 0
    ? say({ zh: `激励账单 ${sum}，与申付金额相符`, en: `Incentive bills ${sum}, as requested` })
    : say({
        zh: `激励账单 ${sum}，申付金额相差 ${shownAmount(difference)}`,
        en: `Incentive bills ${sum}; the request is off by ${shownAmount(difference)}`,
      });
}

/** Where a request stands, in one sentence's words. */
function standing(progress: Progress | Board['requests'][number], session: Session): string {
  const { say } = session;
  const { stageName, since, ageDays, promise, overdue } = progress;
  return [
    say(stageName),
    ...(since === undefined
      ? []
      : [say({ zh: `自 ${since}（${ageDays ?? 0} 天）`, en: `since ${since} (${counted(ageDays ?? 0, 'day')})` })]),
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
