import { checks } from '../core/checks.ts';
import type { Sending } from '../core/dispute.ts';
import type { StoredFinding } from '../core/finding.ts';
import type { Money } from '../core/money.ts';
import { sendingsSheets } from './sendings-sheet.ts';
import { writeWorkbook, type Cell, type Column, type Row, type SheetContent, type StyledCell } from './workbook.ts';

/** One finding of the pack; `number` ties its evidence to it, `rows` counts those of it, `rowsOmitted` those left out. Amounts are in 1e-8 yuan. */
export interface DisputedFinding extends Omit<
  StoredFinding,
  'cycle' | 'severity' | 'status' | 'resolvedByData' | 'en' | 'bridge' | 'bridgeAmount' | 'note' | 'owner'
> {
  readonly number: number;
  readonly rows: number;
}

/** Rows of files with one and the same header, as they stand there. */
export interface Evidence {
  readonly name: string;
  readonly header: readonly string[];
  /** How many lines `lines` gives at most. */
  readonly count: number;
  readonly lines: Iterable<EvidenceLine>;
}
export interface EvidenceLine {
  readonly number: number;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly cells: readonly Cell[];
}

export interface DisputePack {
  readonly cycle: string;
  /** When the month was reconciled, and the run's hash. */
  readonly at: string;
  readonly runId: string;
  readonly findings: readonly DisputedFinding[];
  readonly evidence: readonly Evidence[];
  /** When these findings were sent before, and what was answered. */
  readonly sendings: readonly Sending[];
}

/** Excel's sheets end at row 1,048,576. */
const linesPerSheet = 1_000_000;

/** Writes the workbook that is sent with 问题反馈: summary, findings, what was sent of them before, and the rows of both sides as in the files. Chinese, as the vendor reads it. */
export function writeDisputeWorkbook(file: string, pack: DisputePack, lines = linesPerSheet): Promise<void> {
  const evidence = pack.evidence.flatMap((one) => evidenceSheets(one, lines));
  return writeWorkbook(file, pack.at, [summarySheet(pack), findingsSheet(pack), ...sendingsSheets(pack.sendings, 'zh'), ...evidence]);
}

/** The texts to paste into 问题反馈, one after another, each under its number. */
export function disputeText({ cycle, findings }: Pick<DisputePack, 'cycle' | 'findings'>): string {
  const head = `问题反馈　账期 ${cycle}　共 ${findings.length} 条`;
  return `${[head, ...findings.map(({ number, feedback }) => `—— ${number} ——\n${feedback}`)].join('\n\n')}\n`;
}

function summarySheet(pack: DisputePack): SheetContent {
  const rows: Row[] = [
    { cells: [`问题反馈　账期 ${pack.cycle}`], style: 'title' },
    { cells: [`对账时间 ${pack.at}`, '', '', `编号 ${pack.runId}`] },
    { cells: [] },
    { cells: ['代码', '问题', right('条数'), right('差额合计（贵方 − 我方，元）')], style: 'head' },
  ];
  for (const [code, found] of Map.groupBy(pack.findings, ({ code }) => code))
    rows.push({ cells: [code, checks[code].zh, found.length, sum(found)] });
  rows.push({ cells: ['合计', '', pack.findings.length, sum(pack.findings)], style: 'total' });
  return { name: '汇总', columns: [{ width: 34 }, { width: 34 }, { width: 10 }, { width: 44 }], rows, onePage: true };
}

const right = (value: string): StyledCell => ({ value, style: 'headRight' });
const sum = (findings: readonly DisputedFinding[]): Money => findings.reduce((total, { difference }) => total + difference, 0n);

/** `number`: of amounts or counts, so its head stands at the right. */
type FindingColumn = Column & { readonly number?: boolean };
const findingColumns: readonly (readonly [header: string, column: FindingColumn, cell: (finding: DisputedFinding) => Cell])[] = [
  ['序号', { width: 8, number: true }, (f) => f.number],
  ['代码', { width: 26 }, (f) => f.code],
  ['问题', { width: 22, wrap: true }, (f) => checks[f.code].zh],
  ['客户ID', { width: 34 }, (f) => f.customerId ?? ''],
  ['客户账号名', { width: 18 }, (f) => f.accountName ?? ''],
  ['订单号/交易号', { width: 30 }, (f) => f.tradeId ?? ''],
  ['产品类型', { width: 20 }, (f) => f.productType ?? ''],
  ['记录编号', { width: 24 }, (f) => f.recordId ?? ''],
  ['业绩ID', { width: 24 }, (f) => f.performanceId ?? ''],
  ['我方核对应为', { width: 18, number: true }, (f) => f.expected],
  ['贵方数据', { width: 18, number: true }, (f) => f.stated],
  ['差额', { width: 18, number: true }, (f) => f.difference],
  ['原因', { width: 60, wrap: true }, (f) => f.zh],
  ['可能的解释', { width: 40, wrap: true }, (f) => f.candidates.map(({ zh }) => zh).join('；')],
  ['反馈内容', { width: 70, wrap: true }, (f) => f.feedback],
  ['证据行数', { width: 10, number: true }, (f) => f.rows],
  ['未列出行数', { width: 12, number: true }, (f) => f.rowsOmitted],
  ['唯一键', { width: 50 }, (f) => f.key],
];

function findingsSheet({ findings }: DisputePack): SheetContent {
  const rows: Row[] = [
    { cells: findingColumns.map(([header, { number }]) => (number ? right(header) : header)), style: 'head' },
    ...findings.map((finding) => ({ cells: findingColumns.map(([, , cell]) => cell(finding)) })),
  ];
  return { name: '差异', columns: findingColumns.map(([, column]) => column), rows, frozen: 1 };
}

/** As many sheets as the lines need; they are read as they are written, one sheet after the other. */
function evidenceSheets({ name, header, count, lines }: Evidence, most: number): SheetContent[] {
  const source = lines[Symbol.iterator]();
  const widths = [8, 30, 16, 8, ...header.map((text) => Math.min(40, Math.max(14, text.length * 2 + 2)))];
  const part = function* (): Generator<Row> {
    yield { cells: ['序号', '文件', '工作表', '行号', ...header], style: 'head' };
    for (let n = 0; n < most; n++) {
      const next = source.next();
      if (next.done) return;
      const { number, file, sheet, row, cells } = next.value;
      yield { cells: [number, file, sheet, row, ...cells] };
    }
  };
  const columns = widths.map((width) => ({ width }));
  return Array.from({ length: Math.ceil(count / most) }, () => ({ name: `证据 ${name}`, columns, rows: part(), frozen: 1 }));
}
