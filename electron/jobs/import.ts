import type { WriteDb } from '../../db/open.ts';
import type { SheetMapping } from '../importing/header-mapping.ts';
import type { ImportAnswers as ReadAnswers } from '../importing/read-sheet.ts';
import { importFile } from './import-file.ts';
import { compareTogether } from './import-together.ts';
import { walkPaths } from './import-paths.ts';
import type { ImportedFile } from './import-result.ts';

export type { ImportedFile };

/** What the person said with the files; a mapping may be for any header that has its columns. */
export type ImportAnswers = Omit<ReadAnswers, 'mappings'> & {
  readonly mappings?: readonly SheetMapping[] | undefined;
  /** Hidden sheets are read too. */
  readonly hidden?: boolean | undefined;
  /** Of a file that contradicts an earlier one while nothing says which is the newer. */
  readonly as?: 'replacement' | 'part' | undefined;
};

export interface ImportProgress {
  readonly file: string;
  readonly bytes: number;
  readonly total: number;
  readonly rows: number;
}
export interface ImportContext {
  readonly db: WriteDb;
  /** Where originals are kept, by SHA-256. */
  readonly filesFolder: string;
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
  now(): string;
  readonly signal?: AbortSignal;
  /** From how many bytes on a file is read by a thread of its own; below, that takes longer than it saves. */
  readonly asideFrom?: number;
  /** After each batch; what it throws cancels the import. */
  onProgress?(progress: ImportProgress): void;
  /** Does what can no longer be taken back, or throws and does not, where the import was cancelled before. */
  forGood?(write: () => void): void;
}
export interface ImportOptions {
  /** Paths of copies that a host made → the names by which the person knows them; these are recorded and told. */
  readonly shownAs?: Readonly<Record<string, string>>;
  readonly answers: ImportAnswers;
  /** Refuse a file with any problem. */
  readonly strict: boolean;
  /** Read everything, write nothing. */
  readonly dryRun: boolean;
  readonly language: 'zh' | 'en';
}

/**
 * Imports files and folders, each file as one transaction; a refused file does not stop the others. Cancelling throws and leaves the file at hand
 * out; files before it stay.
 */
export async function importFiles(paths: readonly string[], options: ImportOptions, context: ImportContext): Promise<ImportedFile[]> {
  const results: ImportedFile[] = [];
  const seen = new Set<string>();
  for (const path of await walkPaths(paths)) {
    context.signal?.throwIfAborted();
    results.push(await importFile({ path, options, context, seen }));
  }
  if (options.dryRun) await compareTogether(results, options, context);
  return results;
}
