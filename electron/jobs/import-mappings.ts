import { anyMapping, mappingOf, rememberMapping } from '../../db/mappings.ts';
import type { ReadDb, WriteDb } from '../../db/open.ts';
import { fitsHeader, headersOf, signatureOf, type FoundMapping, type SheetMapping } from '../importing/header-mapping.ts';
import type { Header } from '../importing/headers.ts';
import type { Text } from '../importing/recognise.ts';
import type { ImportAnswers } from './import.ts';
import type { ReadableFile } from './read-aside.ts';

/** The mappings that hold for one file, with the headers they were found by. */
export interface FileMappings {
  readonly found: readonly FoundMapping[];
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Said of mappings that were given for any header, and fit none. */
  readonly notes: readonly Text[];
}

const none: FileMappings = { found: [], headers: new Map(), notes: [] };
const headRows = 30;

/**
 * Looks at the first rows of each sheet for headers that a mapping is for: one given with the file, else one remembered. What is found belongs to
 * the identity of the import, so it is settled before anything is read; where there are no mappings the file is not looked at.
 */
export async function findMappings(file: ReadableFile, { mappings: given = [], hidden }: ImportAnswers, db: ReadDb): Promise<FileMappings> {
  const remembered = anyMapping(db);
  if (given.length === 0 && !remembered) return none;
  const found = new Map<string, FoundMapping>();
  const headers = new Map<string, readonly string[]>();
  const used = new Set<SheetMapping>();
  for (const sheet of file.sheets) {
    if (sheet.hidden && !hidden) continue;
    const rows = (await sheet.head(headRows)).map((row) => headersOf(row.texts));
    const match = givenFor(rows, given) ?? (remembered ? rememberedFor(rows, db) : undefined);
    if (!match) continue;
    const signature = signatureOf(match.headers);
    if (match.given) used.add(match.given);
    found.set(signature, match.mapping);
    headers.set(
      signature,
      match.headers.map((h) => h.text),
    );
  }
  return { found: [...found.values()], headers, notes: given.filter((m) => m.signature === undefined && !used.has(m)).map(unfit) };
}

interface Match {
  readonly headers: readonly Header[];
  readonly mapping: FoundMapping;
  readonly given?: SheetMapping;
}

function givenFor(rows: readonly (readonly Header[])[], given: readonly SheetMapping[]): Match | undefined {
  for (const headers of rows) {
    const fitting = given.find((m) => fitsHeader(m, headers));
    if (fitting)
      return { headers, given: fitting, mapping: { kind: fitting.kind, signature: signatureOf(headers), columns: sorted(fitting) } };
  }
  return undefined;
}

function rememberedFor(rows: readonly (readonly Header[])[], db: ReadDb): Match | undefined {
  for (const headers of rows) {
    if (headers.length < 2) continue;
    const known = mappingOf(db, signatureOf(headers));
    if (known)
      return { headers, mapping: { kind: known.kind, signature: known.signature, columns: known.columns, version: known.version } };
  }
  return undefined;
}

const sorted = (m: SheetMapping): Readonly<Record<string, string | null>> =>
  Object.fromEntries(Object.entries(m.columns).sort(([a], [b]) => (a < b ? -1 : 1)));

function unfit(m: SheetMapping): Text {
  const names = Object.keys(m.columns);
  return {
    zh: `指定的列对应没有用上：没有一张表的表头同时有这些列：${names.join('、')}。`,
    en: `The mapping given was not used: no sheet has a header with all of these columns: ${names.join(', ')}.`,
  };
}

/** Keeps what was said of this file's headers for the next file that has them. */
export function rememberMappings(db: WriteDb, mappings: FileMappings, at: string): void {
  for (const m of mappings.found) {
    if (m.version !== undefined) continue;
    rememberMapping(db, { signature: m.signature, kind: m.kind, columns: m.columns, header: mappings.headers.get(m.signature) ?? [], at });
  }
}

/** The part of an import's identity that the mappings are: who said them does not count. */
export const canonicalMappings = (found: readonly FoundMapping[]): readonly object[] =>
  [...found].sort((a, b) => (a.signature < b.signature ? -1 : 1)).map(({ signature, kind, columns }) => ({ signature, kind, columns }));
