import { FileRefused, type OpenedFile, type SheetRow, type SheetSource } from '../../electron/importing/cells.ts';
import { openFile } from '../../electron/importing/open.ts';
import { readSheet, type SheetRead } from '../../electron/importing/read-sheet.ts';
import { marks, type Seed } from './seeds.ts';

/** What one sheet gave, and where each of its rows went. */
interface SheetTrace {
  readonly rows: SheetRow[];
  readonly faults: Set<number>;
  /** Rows taken, or named in a problem. */
  readonly told: Set<number>;
  read: SheetRead | undefined;
}

/**
 * Reads a mutated file as an import does and says what is wrong with that, if anything: an error that is no refusal, a row that is neither taken nor
 * told, a row of the file that is neither read nor told, or (under a checksum) a row that was never written.
 */
export async function judge(path: string, seed: Seed, mutated: Buffer): Promise<string | undefined> {
  let file: OpenedFile;
  const traces: SheetTrace[] = [];
  try {
    file = await openFile(path);
    try {
      for (const source of file.sheets) if (!source.hidden) traces.push(await traced(source, file.format, traces.at(-1)?.read));
    } finally {
      await file.close();
    }
  } catch (error) {
    return refusalFault(error);
  }
  // A sheet that is not recognised is not imported at all, and said so.
  if (traces.some((trace) => trace.read === undefined)) return undefined;
  for (const trace of traces) {
    const lost = lostRow(trace);
    if (lost) return lost;
  }
  if (seed.text === 'lines') return lostLine(mutated, traces[0]!);
  if (seed.text === 'sheet') return lostMark(mutated, traces[0]!);
  return seed.text === 'sealed' && file.format !== 'csv' ? strangeRows(traces) : undefined;
}

function refusalFault(error: unknown): string | undefined {
  if (!(error instanceof FileRefused)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const told = /^(?:file|archive)\.[a-z-]+$/.test(error.code) && error.zh.length > 10 && error.en.length > 20;
  return told ? undefined : `a refusal that says nothing: ${error.code} ${error.zh} ${error.en}`;
}

async function traced(source: SheetSource, format: OpenedFile['format'], before: SheetRead | undefined): Promise<SheetTrace> {
  const trace: SheetTrace = { rows: [], faults: new Set(), told: new Set(), read: undefined };
  const watched: SheetSource = {
    ...source,
    async *batches() {
      for await (const batch of source.batches()) {
        trace.rows.push(...batch.rows.map((row) => ({ ...row, texts: [...row.texts] })));
        for (const fault of batch.faults) trace.faults.add(fault.row);
        yield batch;
      }
    },
  };
  const read = await readSheet(watched, {
    fileName: '消费明细_202509.csv',
    format,
    answers: {},
    before,
    begin: () => ({
      accept: (row) => {
        if (trace.told.has(-row)) throw new Error(`row ${row} was taken twice`);
        trace.told.add(row).add(-row);
      },
      problem: (problem) => void trace.told.add(problem.row),
      end: () => undefined,
    }),
    onBatch: () => undefined,
  });
  if (read.state === 'read') trace.read = read;
  return trace;
}

/** Every row that the reader gave is taken, told, a total, a repeated header or a remark that is noted. */
function lostRow({ rows, faults, told, read }: SheetTrace): string | undefined {
  const { headerRow, found, data } = read!;
  const passed = new Set(data.totals.found.map((total) => total.row));
  for (const fault of faults) if (!told.has(fault) && fault > headerRow) return `the fault of row ${fault} was not told`;
  for (const { row, texts } of rows) {
    if (row <= headerRow || told.has(row) || passed.has(row)) continue;
    const filled = texts.map((text) => text.trim()).filter((text) => text !== '');
    const isHeader = found.headers.every((header, i) => (texts[i] ?? '').trim() === header.text);
    const isTotal = filled.some((text) => /[合总小]计|total/i.test(text));
    if (filled.length === 0 || isHeader || isTotal || data.notes.includes(filled[0]!)) continue;
    return `row ${row} was neither taken nor told: ${JSON.stringify(texts)}`;
  }
  return undefined;
}

/** Every line of a csv that holds a mark is in a row that holds it too, or in one that is told. */
function lostLine(bytes: Buffer, trace: SheetTrace): string | undefined {
  const text = bytes.toString('latin1');
  const end = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const starts = [...trace.rows.map((row) => row.row), ...trace.faults].sort((a, b) => a - b);
  for (const mark of marks) {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
      const line = text.slice(0, at).split(end).length;
      const start = starts.findLast((row) => row <= line) ?? 0;
      if (trace.faults.has(start)) continue;
      if (!trace.rows.some(({ row, texts }) => row === start && texts.some((cell) => cell.includes(mark))))
        return `${mark} of line ${line} is in no row`;
    }
  }
  return undefined;
}

/** Every mark in the rows of a worksheet is in a row that was read, or its row is told. */
function lostMark(bytes: Buffer, trace: SheetTrace): string | undefined {
  const xml = bytes.toString('latin1');
  const data = xml.slice(0, xml.indexOf('</sheetData>')).replaceAll(/<!--.*?-->|<\?.*?\?>/gs, '');
  const texts = new Set(trace.rows.flatMap((row) => row.texts).flatMap((text) => marks.filter((mark) => text.includes(mark))));
  const missing = new Set([...data.matchAll(/<t>([^<]*)<\/t><\/is><\/c>/g)].flatMap(([, text]) => marks.filter((mark) => text!.includes(mark) && !texts.has(mark)))); // prettier-ignore
  return missing.size > trace.faults.size ? `${[...missing].join(' ')} are in no row` : undefined;
}

/** Under a checksum: the rows that were written, each once. */
function strangeRows(traces: readonly SheetTrace[]): string | undefined {
  const found = traces.flatMap(({ rows }) => rows.map((row) => row.texts[2] ?? '')).filter((text) => text.startsWith('CS'));
  const written = new Set(found);
  const faults = traces.reduce((n, { faults }) => n + faults.size, 0);
  if (written.size !== found.length) return 'a row came twice';
  if (found.length + faults !== marks.length * traces.length) return `${found.length} rows of ${marks.length * traces.length}`;
  return undefined;
}
