import type { Bridge } from '../core/bridge.ts';
import { checks } from '../core/checks.ts';
import { endNames, pairName, stepName } from '../core/wording/bridges.ts';
import type { MonthReport, ReportedFinding } from './report-model.ts';
import { summarySheet } from './report-summary.ts';
import { head, words, type Word } from './report-words.ts';
import { sendingsSheets } from './sendings-sheet.ts';
import { writeWorkbook, type Cell, type Column, type Row, type SheetContent } from './workbook.ts';

/** Writes the month's workbook: one page of summary, the findings, what was sent of them, and a sheet for each bridge with its steps and findings. */
export function writeReportWorkbook(file: string, report: MonthReport): Promise<void> {
  const built = report.bridges.filter((bridge): bridge is Bridge => 'left' in bridge);
  return writeWorkbook(file, report.at, [
    summarySheet(report),
    findingsSheet(report),
    ...sendingsSheets(report.sendings, report.language),
    ...built.map((bridge) => bridgeSheet(report, bridge)),
  ]);
}

type Language = MonthReport['language'];
type FindingColumn = readonly [header: Word, column: Column, cell: (finding: ReportedFinding, language: Language) => Cell];

const text = (width: number, wrap = false): Column => ({ width, wrap });
const statusWords: Readonly<Record<ReportedFinding['status'], Word>> = {
  open: 'statusOpen',
  disputed: 'disputed',
  answered: 'answered',
  resolved: 'resolved',
  accepted: 'accepted',
};

const findingColumns: readonly FindingColumn[] = [
  ['severity', text(9), (f, l) => words[f.severity][l]],
  ['state', text(9), (f, l) => words[statusWords[f.status]][l]],
  ['code', text(28), (f) => f.code],
  ['check', text(24, true), (f, l) => checks[f.code][l]],
  ['customerId', text(34), (f) => f.customerId ?? ''],
  ['accountName', text(18), (f) => f.accountName ?? ''],
  ['tradeId', text(30), (f) => f.tradeId ?? ''],
  ['productType', text(20), (f) => f.productType ?? ''],
  ['recordId', text(24), (f) => f.recordId ?? ''],
  ['performanceId', text(24), (f) => f.performanceId ?? ''],
  ['expected', text(18), (f) => f.expected],
  ['stated', text(18), (f) => f.stated],
  ['difference', text(18), (f) => f.difference],
  ['reason', text(60, true), (f, l) => f[l]],
  ['candidates', text(40, true), (f, l) => f.candidates.map((candidate) => candidate[l]).join(l === 'zh' ? '；' : '; ')],
  ['bridge', text(26), (f, l) => (f.bridge === null ? '' : pairName(f.bridge)[l])],
  ['owner', text(12), (f) => f.owner],
  ['note', text(30, true), (f) => f.note],
  ['key', text(50), (f) => f.key],
];

function findingsSheet({ findings, language }: MonthReport): SheetContent {
  const rows: Row[] = [
    { cells: head(language, ...findingColumns.map(([header]) => header)) },
    ...findings.map((finding) => ({ cells: findingColumns.map(([, , cell]) => cell(finding, language)) })),
  ];
  return { name: words.findings[language], columns: findingColumns.map(([, column]) => column), rows, frozen: 1 };
}

/** left, every step, unexplained, right; below, the findings that the unexplained amount is made of. */
function bridgeSheet({ cycle, language, findings }: MonthReport, bridge: Bridge): SheetContent {
  const ends = endNames(bridge);
  const name = pairName(bridge.pair)[language];
  const mine = findings.flatMap((f) => (f.bridge === bridge.pair && f.bridgeAmount !== null ? [{ ...f, amount: f.bridgeAmount }] : []));
  const rows: Row[] = [
    { cells: [`${cycle}　${name}`], style: 'title' },
    { cells: [] },
    { cells: head(language, 'step', 'amount', 'rows') },
    { cells: [ends.left[language], bridge.left.total], style: 'total' },
    ...bridge.steps.map(({ step, amount, rows: count }) => ({ cells: [`　${stepName(step)[language]}`, amount, count] })),
    { cells: [`　${words.unexplained[language]}`, bridge.unexplained, mine.length] },
    { cells: [ends.right[language], bridge.right.total], style: 'total' },
  ];
  if (mine.length > 0) {
    rows.push({ cells: [] }, { cells: head(language, 'unexplained', 'amount', 'code', 'customerId', 'tradeId', 'reason') });
    for (const f of mine)
      rows.push({ cells: [checks[f.code][language], f.amount, f.code, f.customerId ?? '', f.tradeId ?? '', f[language]] });
  }
  return { name, columns: [text(34), text(20), text(26), text(34), text(30), text(70, true)], rows };
}
