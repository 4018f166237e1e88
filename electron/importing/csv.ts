import type { RowBatch, SheetRow, SheetSource } from './cells.ts';
import { CsvRecords, type LineEnd } from './csv-records.ts';
import { separatorLine, sniffDelimiter } from './delimiter.ts';
import { TextStream } from './encoding.ts';
import type { ReadLimits } from './limits.ts';

/** A fresh pass over the bytes of one csv. `consumed` is the number of source bytes (compressed ones for an archive) behind the chunks given so far. */
export interface ByteSource {
  chunks(): AsyncIterable<Buffer>;
  consumed(): number;
}

/** Rows gathered before a batch is handed over: few enough to be dead when young objects are next collected. */
const batchRows = 500;
/** Characters looked at for the delimiter and the line end. */
const dialectSample = 64 * 1024;

/** One csv as a sheet: encoding and delimiter are sniffed from its bytes on every pass. `name` is shown to the user. */
export function csvSheet(name: string, source: ByteSource, limits: ReadLimits, signal?: AbortSignal): SheetSource {
  return { name, hidden: false, trimsRows: false, batches: () => readCsv(source, limits, signal) };
}

async function* readCsv(source: ByteSource, limits: ReadLimits, signal: AbortSignal | undefined): AsyncGenerator<RowBatch> {
  const stream = new TextStream();
  let records: CsvRecords | undefined;
  let head = '';
  let headDamaged = false;
  const feed = (text: string, damaged: boolean, final: boolean): CsvRecords | undefined => {
    if (records) records.push(text, damaged, final);
    else {
      head += text;
      headDamaged ||= damaged;
      if (!final && head.length < dialectSample) return undefined;
      records = startRecords(head, headDamaged, final, limits);
      head = '';
    }
    return records;
  };
  for await (const chunk of source.chunks()) {
    signal?.throwIfAborted();
    const piece = stream.push(chunk, false);
    const ready = feed(piece.text, piece.damaged, false);
    if (ready && ready.rows.length + ready.faults.length >= batchRows) yield* flush(ready, source.consumed());
  }
  signal?.throwIfAborted();
  const tail = stream.push(Buffer.alloc(0), true);
  const done = feed(tail.text, tail.damaged, true);
  if (done) yield* flush(done, source.consumed());
}

function startRecords(head: string, damaged: boolean, final: boolean, limits: ReadLimits): CsvRecords {
  const named = separatorLine.exec(head);
  const text = named ? head.slice(named[0].length) : head;
  const lineEnd: LineEnd = head.includes('\n') || !head.includes('\r') ? '\n' : '\r';
  const records = new CsvRecords({ delimiter: sniffDelimiter(head), lineEnd, recordChars: limits.recordChars }, named ? 2 : 1);
  records.push(text, damaged, final);
  return records;
}

function* flush(records: CsvRecords, bytesRead: number): Generator<RowBatch> {
  const { rows, faults } = records;
  records.rows = [];
  records.faults = [];
  let from = 0;
  let fault = 0;
  do {
    const part: SheetRow[] = rows.slice(from, from + batchRows);
    from += batchRows;
    const lastRow = from < rows.length ? (part.at(-1)?.row ?? 0) : Infinity;
    const firstFault = fault;
    while (fault < faults.length && (faults[fault]?.row ?? 0) < lastRow) fault++;
    yield { rows: part, faults: faults.slice(firstFault, fault), bytesRead };
  } while (from < rows.length);
}
