import { kindNames, type Kind } from '../core/kinds.ts';
import type { OpenedFile, SheetRow, SheetSource } from './cells.ts';
import type { FoundMapping } from './header-mapping.ts';
import { isKnownHeader } from './mapping.ts';
import { likelyHeader, mappedHeader, openHeader, type OpenHeader } from './open-header.ts';
import { kindSpecs } from './kinds/list.ts';
import { makePlan, type SheetPlan } from './plan.ts';
import { recognise, type NotRecognised, type Recognised, type Text } from './recognise.ts';
import { plainCounts, type SheetCounts } from './sheet-counts.ts';
import { SheetRows, type RowSink } from './sheet-rows.ts';
import type { SampleRow } from './suggest.ts';
import { readName, readTitle, type Title } from './title.ts';

/** What the person has said about files that do not say it themselves. */
export interface ImportAnswers {
  readonly kind?: Kind | undefined;
  readonly cycle?: string | undefined;
  readonly account?: 'recharge' | 'credit' | undefined;
  /** A monthly export with a header and no rows is that of a month without business. */
  readonly empty?: boolean | undefined;
  /** What they said of columns, with this file or, for the same header, with an earlier one. */
  readonly mappings?: readonly FoundMapping[] | undefined;
}
/** What a sheet turned out to be, before its first row. Plain data, as all that is said of sheets here: it crosses from thread to thread. */
export interface SheetStart {
  readonly found: Recognised;
  /** 0 where the sheet goes on with the one before. */
  readonly headerRow: number;
  readonly title: Title;
  /** The table's columns in the order of a row's values, `id` first. */
  readonly stored: readonly string[];
}
/** A sheet that was read, what was counted in it, and its first rows as they stand in the file. */
export interface SheetRead extends SheetStart {
  readonly state: 'read';
  readonly data: SheetCounts;
  readonly sample: readonly SampleRow[];
}
/** A sheet without data, or one that does not say what it is. `passed`: no table at all (a cover sheet). */
export interface SheetNotRead {
  readonly state: 'empty' | 'passed' | 'needs-mapping' | 'refused';
  readonly code: string;
  readonly text: Text;
  /** It has no rows, which may be right: the person can say so. */
  readonly asks?: boolean;
  /** What it is although it was not read. */
  readonly kind?: Kind;
  /** Its header, where there is one whose columns can be mapped by hand. */
  readonly header?: OpenHeader;
}
/** By what a sheet is read. */
export interface SheetTerms {
  readonly fileName: string;
  readonly format: OpenedFile['format'];
  readonly answers: ImportAnswers;
  /** The sheet before it in the same file: a part of an archive may continue it without a header. */
  readonly before: SheetRead | undefined;
}
export interface SheetContext extends SheetTerms {
  /** Called once the sheet is recognised, before its first row; gives the place of its rows. */
  begin(start: SheetStart): RowSink;
  /** After each batch; may throw to cancel. */
  onBatch(bytes: number, rows: number): void | Promise<void>;
}

const headRows = 30;
const previewRows = 20;

/** A sheet while it is read. */
interface Reading {
  readonly state: 'read';
  readonly start: SheetStart;
  readonly plan: SheetPlan;
  readonly data: SheetRows;
  readonly sample: SampleRow[];
}

/** Streams one sheet: finds its header within the first 30 rows, settles kind, month and account, then types every row. */
export async function readSheet(source: SheetSource, context: SheetContext): Promise<SheetRead | SheetNotRead> {
  const head: SheetRow[] = [];
  const faults: { row: number; code: string; zh: string; en: string }[] = [];
  let started: Reading | SheetNotRead | undefined;
  for await (const batch of source.batches()) {
    if (started === undefined) {
      faults.push(...batch.faults);
      head.push(...batch.rows);
      if (countFilled(head) >= headRows) started = start(source, head, context);
      if (started?.state === 'read') feed(started, below(head, started), faults);
    } else if (started.state === 'read') feed(started, batch.rows, batch.faults);
    if (started !== undefined && started.state !== 'read') return started;
    await context.onBatch(batch.bytesRead, started?.data.rows ?? 0);
  }
  if (started === undefined) {
    started = start(source, head, context);
    if (started.state === 'read') feed(started, below(head, started), faults);
  }
  if (started.state !== 'read') return started;
  started.data.end();
  const { start: about, data, sample } = started;
  const sheet: SheetRead = { state: 'read', ...about, data: plainCounts(data), sample };
  return data.rows === 0 ? withoutRows(source.name, sheet, context.answers) : sheet;
}

/** A header without rows is taken for an empty statement only where the person says so, and the month is known. */
function withoutRows(name: string, sheet: SheetRead, answers: ImportAnswers): SheetRead | SheetNotRead {
  const { headerRow, title, data } = sheet;
  const { kind } = sheet.found;
  const monthly = kindSpecs[kind].month !== 'none';
  if (!monthly || !answers.empty) return { ...noRows(name, headerRow, monthly), kind, asks: monthly };
  const cycle = title.cycle ?? answers.cycle;
  if (cycle === undefined) return askCycle(kind);
  data.cycles.set(cycle, 0);
  return sheet;
}

const below = (head: readonly SheetRow[], { plan }: Reading): readonly SheetRow[] =>
  head.slice(head.findIndex(({ row }) => row === plan.headerRow) + 1);

/** Feeds rows below the header. */
function feed(sheet: Reading, rows: readonly SheetRow[], faults: readonly { row: number; code: string; zh: string; en: string }[]): void {
  for (const fault of faults) sheet.data.fault(fault.row, fault.code, fault.zh, fault.en);
  for (const row of rows) {
    if (sheet.sample.length < previewRows && row.texts.some((t) => t !== ''))
      sheet.sample.push({ texts: [...row.texts], kinds: [...row.kinds] });
    sheet.data.read(row);
  }
}

const countFilled = (rows: readonly SheetRow[]): number => rows.reduce((n, row) => (row.texts.some((t) => t !== '') ? n + 1 : n), 0);

function start(source: SheetSource, head: readonly SheetRow[], context: SheetContext): Reading | SheetNotRead {
  const filled = head.filter((row) => row.texts.some((t) => t.trim() !== ''));
  if (filled.length === 0) return empty(source.name);
  const top = filled.slice(0, headRows);
  const mapped = mappedHeader(top, context.answers.mappings ?? []);
  const header = mapped?.header ?? headerRow(top, context.answers.kind);
  if (header === undefined) return continued(filled, source, context) ?? unknown(source.name, top, context.answers.kind);
  const found = recognise(header.texts, header.row, undefined, mapped?.said);
  const settled =
    found.state === 'needs-mapping' && context.answers.kind && !mapped ? recognise(header.texts, header.row, context.answers.kind) : found;
  if (settled.state !== 'recognised') return withHeader(settled, openHeader(header, filled, settled.likely, mapped?.said));
  const sheet = settle(settled, header.row, readTitle(filled.slice(0, filled.indexOf(header))), source, context);
  return sheet.state === 'read' ? sheet : withHeader(sheet, openHeader(header, filled, settled.kind, mapped?.said));
}

/** No known header: a cover sheet, or a table whose columns have other names. */
function unknown(name: string, rows: readonly SheetRow[], kind: Kind | undefined): SheetNotRead {
  const likely = likelyHeader(rows);
  return likely ? { ...noHeader(name), header: openHeader(likely, rows, kind) } : noHeader(name);
}

/** A column that is missing under its name, but may be there under another, is asked for rather than refused. */
function withHeader(found: SheetNotRead & { missing?: readonly string[] }, header: OpenHeader): SheetNotRead {
  const { state, code, text, missing = [] } = found;
  const renamed = header.columns.flatMap((c) =>
    c.suggestions.filter((s) => missing.includes(s.field)).map((s) => ({ label: c.label, field: s.field })),
  );
  if (code !== 'column.missing' || renamed.length === 0) return { state, code, text, header };
  const zh = renamed.map((r) => `“${r.label}”可能是 ${r.field}`).join('、');
  const en = renamed.map((r) => `"${r.label}" may be ${r.field}`).join(', ');
  return {
    state: 'needs-mapping',
    code,
    text: {
      zh: `${text.zh}${zh}：如果是，请指定列对应。`,
      en: `${text.en} ${en}: if so, map it.`,
    },
    header,
  };
}

/** The first row with at least 3 known headers (or all of a small table of ours); a later row with twice as many is the header of which that one was the title. */
function headerRow(rows: readonly SheetRow[], answer: Kind | undefined): SheetRow | undefined {
  let best: SheetRow | undefined;
  let bestCount = 0;
  for (const row of rows) {
    const filled = row.texts.filter((t) => t.trim() !== '');
    const known = filled.filter(isKnownHeader).length;
    const enough = known >= 3 || (known === 2 && (filled.length === 2 || answer !== undefined));
    if (!enough || (best !== undefined && known < 2 * bestCount)) continue;
    best = row;
    bestCount = known;
  }
  return best;
}

function settle(found: Recognised, row: number, inside: Title, source: SheetSource, context: SheetContext): Reading | SheetNotRead {
  const names = [inside, readName(source.name), readName(context.fileName)];
  const first = <K extends keyof Title>(key: K): Title[K] | undefined => names.map((n) => n[key]).find((v) => v !== undefined);
  const { kind } = found;
  const cycle = first('cycle') ?? context.answers.cycle;
  if (kindSpecs[kind].month === 'cycle' && !found.map.index.has('billingCycle') && cycle === undefined) return askCycle(kind);
  const account = kind === 'account-statement' ? (first('account') ?? context.answers.account) : undefined;
  if (kind === 'account-statement' && account === undefined && !found.map.index.has('accountType')) return askAccount();
  return begin(found, row, { exportedAt: inside.exportedAt, cycle, status: first('status'), account }, source, context);
}

function begin(found: Recognised, headerRow: number, title: Title, source: SheetSource, context: SheetContext): Reading {
  const plan = makePlan(found, headerRow, title, source.date1904);
  const start: SheetStart = { found, headerRow, title, stored: plan.stored };
  const data = new SheetRows(plan, context.begin(start), !source.trimsRows, found.currency);
  return { state: 'read', start, plan, data, sample: [] };
}

/** A part of an archive without a header of its own goes on where the part before it ended, if it has just as many columns. */
function continued(rows: readonly SheetRow[], source: SheetSource, context: SheetContext): Reading | undefined {
  const { before } = context;
  const archive = context.format === 'zip' || context.format === 'tar.gz';
  if (!archive || !before || !/\.csv$/i.test(source.name) || rows[0]!.texts.length !== before.found.headers.length) return undefined;
  return begin(before.found, 0, before.title, source, context);
}

const empty = (name: string): SheetNotRead => ({
  state: 'empty',
  code: 'sheet.empty',
  text: { zh: `工作表“${name}”是空的，没有任何内容。`, en: `sheet "${name}" is empty.` },
});
const noRows = (name: string, header: number, monthly: boolean): SheetNotRead => ({
  state: 'empty',
  code: 'sheet.empty',
  text: {
    zh: `“${name}”只有第 ${header} 行的表头，没有数据行；如当月确有业务，请重新导出${monthly ? '；如当月确无业务，请回答“当月没有业务”，文件名没有写月份时再指明账期，按 0 行导入' : ''}。`,
    en: `"${name}" has only a header (row ${header}) and no data rows; if there was business in that month, export it again${monthly ? '; if there was none, say so, and which month where the file name does not tell it: it is then imported with 0 rows' : ''}.`,
  },
});
const noHeader = (name: string): SheetNotRead => ({
  state: 'passed',
  code: 'header.missing',
  text: {
    zh: `“${name}”的前 30 行里找不到可识别的表头（至少 3 个已知列名）。请确认它是伙伴中心的导出文件；若列名改过，请指定列对应，或改回原名。`,
    en: `no header (at least 3 known column names) was found in the first 30 rows of "${name}". Check that it is an export of the partner centre; if its columns were renamed, map them or restore their names.`,
  },
});
const askCycle = (kind: Kind): NotRecognised => ({
  state: 'needs-mapping',
  code: 'cycle.missing',
  text: {
    zh: `${kindNames[kind].zh}里没有账期列，标题和文件名也没有写月份。请指明是哪个账期。`,
    en: `${kindNames[kind].en}: there is no billing cycle column, and neither title nor file name names the month. Say which month it is.`,
  },
});
const askAccount = (): NotRecognised => ({
  state: 'needs-mapping',
  code: 'account.missing',
  text: {
    zh: '收支明细没有写明是充值账户还是信用账户。请指明是哪个账户。',
    en: 'The account statement does not say whether it is of the recharge or the credit account. Say which.',
  },
});
