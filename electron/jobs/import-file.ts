import { createHash } from 'node:crypto';
import path from 'node:path';
import { addImport, importsOf, setExportedAt, type EarlierImport } from '../../db/import-rows.ts';
import { recordInJournal } from '../../db/journal.ts';
import { FileRefused } from '../importing/cells.ts';
import type { ImportAnswers, SheetNotRead, SheetRead, SheetStart } from '../importing/read-sheet.ts';
import type { Text } from '../importing/recognise.ts';
import type { RowSink } from '../importing/sheet-rows.ts';
import { closedFault } from './closed-months.ts';
import { copyOriginal, hashFile, stateOf } from './file-store.ts';
import { openAside, type ReadableFile } from './read-aside.ts';
import { fileVerdict, refusals, type SheetSeen } from './import-verdict.ts';
import { emptySheet, sheetResult, withReason, type ImportedFile, type Refusal } from './import-result.ts';
import { SheetWriter, type SheetWork } from './import-sheets.ts';
import { canonicalMappings, findMappings, rememberMappings } from './import-mappings.ts';
import { currenciesOf, currencyFault, foreignNotes } from './import-currency.ts';
import { negatedNotes, notesOf } from './import-notes.ts';
import { differingNotes, mayContradict, settleInForce } from './import-versions.ts';
import type { ImportContext, ImportOptions } from './import.ts';

/** One file of an import run. */
export interface FileTask {
  readonly path: string;
  readonly options: ImportOptions;
  readonly context: ImportContext;
  /** Import ids already seen in this run (a preview has no database to remember them). */
  readonly seen: Set<string>;
  /** Reads a file again although it is imported, to list this many problems of each sheet: for a preview. */
  readonly listAgain?: { readonly name: string; readonly most: number };
}

const shownPath = ({ path: real, options }: FileTask): string => options.shownAs?.[real] ?? real;

/** Reads one file whole and, unless it is a preview, commits it as one transaction. Refusals are results; only cancelling and defects are thrown. */
export async function importFile(task: FileTask): Promise<ImportedFile> {
  const { options, context } = task;
  // Begun before the file is opened: one that is exchanged for another in between is not the one that was read. A large one is opened meanwhile.
  const identifying = identify(task.path, context.signal);
  identifying.catch(() => undefined);
  try {
    const file = await openAside(task.path, {
      ...(context.signal && { signal: context.signal }),
      ...(context.asideFrom !== undefined && { from: context.asideFrom }),
      ...(task.listAgain && { displayName: task.listAgain.name }),
    });
    try {
      return await importOpened(task, file, await identifying);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const sha256 = await identifying.then(
      (found) => found.sha256,
      () => '',
    );
    const refusal: Refusal = { status: 'refused', code: error.code, text: { zh: error.zh, en: error.en } };
    return { path: task.path, sha256, sheets: [], notes: [], ...withReason(refusal, options.language) };
  }
}

interface Identity {
  readonly sha256: string;
  readonly bytes: number;
  /** In which the file was hashed, to see whether it changes while it is read. */
  readonly state: string;
}

async function identify(file: string, signal: AbortSignal | undefined): Promise<Identity> {
  const state = stateOf(file);
  return { ...(await hashFile(file, signal)), state };
}

interface Described {
  readonly about: About;
  readonly record: Parameters<typeof addImport>[1];
  readonly mappings: Awaited<ReturnType<typeof findMappings>>;
}

/** What a file is known by and read with. */
async function describe(task: FileTask, file: ReadableFile, { sha256, bytes }: Identity): Promise<Described> {
  const { options, context } = task;
  const mappings = await findMappings(file, options.answers, context.db);
  const read: ImportAnswers = { ...options.answers, mappings: mappings.found };
  const answers = canonicalAnswers({ ...read, as: options.answers.as, hidden: options.answers.hidden });
  const name = path.basename(task.path);
  // A header without rows says by its name alone of which month and account it is.
  const identity = options.answers.empty ? `${sha256}|${answers}|${name}` : `${sha256}|${answers}`;
  const importId = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  const notes = [...file.notes.map(({ zh, en }) => ({ zh, en })), ...mappings.notes];
  const hiddenSheets = file.sheets.flatMap((sheet) => (sheet.hidden ? [sheet.name] : []));
  const base = { path: task.path, sha256, importId, sheets: [], notes, ...(hiddenSheets.length > 0 && { hiddenSheets }) };
  const record = { importId, sha256, path: shownPath(task), name, bytes, at: context.now(), answers };
  return { about: { base, read }, record, mappings };
}

/**
 * Stores a file in the transaction that is open, which the caller takes back, and returns the files that it contradicts: how those of one preview are
 * compared with each other. Nothing where it cannot be read.
 */
export async function storeForComparison(task: FileTask): Promise<NonNullable<ImportedFile['differs']>> {
  const { signal, db } = task.context;
  const identity = await identify(task.path, signal);
  const file = await openAside(task.path, { ...(signal && { signal }) });
  try {
    const { about, record } = await describe(task, file, identity);
    const row = addImport(db, record);
    const { ready } = await readAndWrite(task, file, about, db, row);
    return ready ? settleInForce(db, row, undefined) : [];
  } finally {
    await file.close();
  }
}

async function importOpened(task: FileTask, file: ReadableFile, identity: Identity): Promise<ImportedFile> {
  const { options, context } = task;
  const { about, record, mappings } = await describe(task, file, identity);
  const { importId, sha256 } = record;
  const before = task.listAgain
    ? undefined
    : task.seen.has(importId)
      ? { id: importId, answers: record.answers }
      : earlierOf(task, sha256, importId);
  if (before && (before.id === importId || before.answers === record.answers || saysNothing(options.answers)))
    return { ...about.base, importId: before.id, status: 'duplicate' };
  if (before) return { ...about.base, ...withReason(refusals.answeredOtherwise(before.id), options.language) };
  task.seen.add(importId);
  const { db } = context;
  if (options.dryRun) return preview(task, file, about, record);
  db.exec('BEGIN IMMEDIATE');
  const original = copyOriginal(task.path, identity.state, sha256, context.filesFolder);
  try {
    const row = addImport(db, record);
    const { result, ready } = await readAndWrite(task, file, about, db, row);
    if (ready) {
      rememberMappings(db, mappings, context.now());
      tellDiffering(result, settleInForce(db, row, options.answers.as), options);
      const accepted = result.sheets.reduce((n, s) => n + s.accepted, 0);
      recordInJournal(db, context.now(), 'import.commit', { importId, sha256, path: shownPath(task), rows: accepted });
    }
    // Last, so that next to nothing can come between the original and the commit that it belongs to.
    const kept = ready && (await original.keep());
    if (!kept) {
      db.exec('ROLLBACK');
      task.seen.delete(importId);
      return ready ? { ...result, ...withReason(refusals.changed, options.language) } : result;
    }
    const commit = (): void => void db.exec('COMMIT');
    if (context.forGood) context.forGood(commit);
    else commit();
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    task.seen.delete(importId);
    throw error;
  } finally {
    await original.drop();
  }
}

/**
 * The import by which this file is there already. One for a month without business stands in the way of none for another month: it has no rows that
 * could count twice, and the same bytes as every header without rows.
 */
function earlierOf({ path: file, options, context }: FileTask, sha256: string, importId: string): EarlierImport | undefined {
  const earlier = importsOf(context.db, sha256);
  const isSame = (e: EarlierImport): boolean => !e.isEmpty || (saysNothing(options.answers) && e.name === path.basename(file));
  return earlier.find(({ id }) => id === importId) ?? earlier.find(isSame);
}

/**
 * Reads everything and writes nothing. Only a file that may contradict one in force is compared with it, which the database does: in a transaction that is
 * taken back.
 */
async function preview(task: FileTask, file: ReadableFile, about: About, record: Parameters<typeof addImport>[1]): Promise<ImportedFile> {
  const { db } = task.context;
  const { result, ready, exportedAt, sheets = [] } = await readAndWrite(task, file, about, undefined, 0n);
  if (!ready || task.listAgain || !mayContradict(db, sheets, exportedAt)) return result;
  db.exec('BEGIN IMMEDIATE');
  try {
    const row = addImport(db, record);
    const tried = await readAndWrite(task, file, about, db, row);
    if (tried.ready) tellDiffering(result, settleInForce(db, row, undefined), task.options);
    return result;
  } finally {
    db.exec('ROLLBACK');
  }
}

function tellDiffering(file: ImportedFile, differs: NonNullable<ImportedFile['differs']>, { answers }: ImportOptions): void {
  if (differs.length === 0) return;
  file.differs = differs;
  file.notes.push(...differingNotes(differs, answers.as));
}

/** Sums are kept in 64 bits. */
const beyond = 9_000_000_000_000_000_000n;

type Base = Pick<ImportedFile, 'path' | 'sha256' | 'importId' | 'sheets' | 'notes' | 'hiddenSheets'>;
interface About {
  readonly base: Base;
  readonly read: ImportAnswers;
}

async function readAndWrite(
  task: FileTask,
  file: ReadableFile,
  { base, read: answers }: About,
  db: ImportContext['db'] | undefined,
  importRow: bigint,
): Promise<{ result: ImportedFile; ready: boolean; exportedAt?: string | undefined; sheets?: readonly SheetRead[] }> {
  const { options } = task;
  const writer = new SheetWriter(db, importRow, file.bytes, task.listAgain?.most);
  const seen = await readSheets(task, file, writer, answers);
  const read = seen.filter((s): s is SheetSeen & { work: SheetWork; sheet: SheetRead } => s.work !== undefined && s.sheet.state === 'read');
  const notes: Text[] = [...base.notes, ...seen.flatMap(notesOf)];
  if (read.reduce((sum, s) => sum + s.sheet.data.totals.largest, 0n) > beyond) {
    return { result: { ...base, notes, ...withReason(refusals.sumTooLarge, options.language) }, ready: false };
  }
  notes.push(...negatedNotes(writer.settleSigns(read.map((s) => ({ work: s.work, read: s.sheet })))));
  for (const { work, sheet } of read) writer.close(work, sheet);
  writer.restoreIndexes();
  const exportedAt = read.map((s) => s.sheet.title.exportedAt).reduce(latest, undefined) ?? plausible(file.exportedAt, read);
  if (db && exportedAt !== undefined) setExportedAt(db, importRow, exportedAt);
  const currencies = currenciesOf(read.map((s) => s.sheet));
  notes.push(...foreignNotes(currencies));
  const verdict =
    fileVerdict(seen, options.strict, base.hiddenSheets) ??
    closedFault(task.context.db, read) ??
    currencyFault(task.context.db, currencies, importRow);
  const sheets = seen.map((s) =>
    s.work && s.sheet.state === 'read'
      ? sheetResult(s.name, s.sheet, s.work.problems, options.language)
      : emptySheet(s.name, s.sheet as SheetNotRead),
  );
  const done = { ...base, sheets, notes };
  if (verdict) return { result: { ...done, ...withReason(verdict, options.language) }, ready: false };
  return {
    result: { ...done, status: options.dryRun ? 'previewed' : 'imported' },
    ready: true,
    exportedAt,
    sheets: read.map((s) => s.sheet),
  };
}

async function readSheets(task: FileTask, file: ReadableFile, writer: SheetWriter, answers: ImportAnswers): Promise<SheetSeen[]> {
  const { context } = task;
  const seen: SheetSeen[] = [];
  let before: SheetRead | undefined;
  let rowsBefore = 0;
  for (const [position, source] of file.sheets.entries()) {
    if (source.hidden && !task.options.answers.hidden) continue;
    let work: SheetWork | undefined;
    const terms = { fileName: task.listAgain?.name ?? path.basename(task.path), format: file.format, answers, before };
    const begin = (start: SheetStart): RowSink => (work = writer.open(source.name, position, start)).sink;
    const onBatch = async (bytes: number, rows: number): Promise<void> => {
      context.onProgress?.({ file: shownPath(task), bytes, total: file.bytes, rows: rowsBefore + rows });
      // Lets a message that asks to cancel arrive between two batches.
      await new Promise(setImmediate);
      context.signal?.throwIfAborted();
    };
    const sheet = await source.read({ ...terms, begin, onBatch }, writer.writes);
    seen.push({ name: source.name, sheet, work });
    if (sheet.state !== 'read') continue;
    before = sheet;
    rowsBefore += sheet.data.rows;
  }
  return seen;
}

/** A document's own time, unless it is before the newest month in it began: then it is that of the template and not of the export. */
function plausible(time: string | undefined, read: readonly { sheet: SheetRead }[]): string | undefined {
  const newest = read.flatMap((s) => [...s.sheet.data.cycles.keys()]).reduce<string>((a, b) => (a > b ? a : b), '');
  return time !== undefined && time >= newest ? time : undefined;
}

const latest = (a: string | undefined, b: string | undefined): string | undefined =>
  b === undefined ? a : a === undefined || b > a ? b : a;

/** The answers that the file is read by, in one fixed order. */
function canonicalAnswers(a: ImportAnswers & Pick<ImportOptions['answers'], 'as' | 'hidden'>): string {
  return JSON.stringify({
    ...(a.kind && { kind: a.kind }),
    ...(a.cycle && { cycle: a.cycle }),
    ...(a.account && { account: a.account }),
    ...(a.empty && { empty: true }),
    ...(a.as && { as: a.as }),
    ...(a.hidden && { hidden: true }),
    ...(a.mappings?.length && { mappings: canonicalMappings(a.mappings) }),
  });
}

/** A file dropped again without a word is the same file, whatever it had to be told the first time. */
const saysNothing = (a: ImportOptions['answers']): boolean =>
  !a.kind && !a.cycle && !a.account && !a.empty && !a.as && !a.hidden && !a.mappings?.length;
