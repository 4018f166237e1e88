import type { ReadDb, WriteDb } from '../../db/open.ts';
import type { EventName, EventPayload } from '../contract.ts';
import type { FileRegistry } from '../files.ts';
import type { JobRunner } from '../jobs/runner.ts';

/** What the app's methods work with; one per open workspace. */
export interface AppContext {
  readonly workspace: string;
  readonly host: 'electron' | 'browser' | 'cli';
  readonly db: ReadDb;
  readonly jobs: JobRunner;
  readonly files: FileRegistry;
  readonly resources: Resources;
  /** Where result files (PDFs) are put before they are saved or printed; emptied at exit. */
  readonly resultsFolder: string;
  now(): string;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Runs a small write when no job is running; the returned value is the write's. */
  write<T>(work: (db: WriteDb) => T): Promise<T>;
}

/** Folders that come with the app. */
export interface Resources {
  readonly migrations: string;
  readonly sample: string;
  readonly fonts: string;
  /** Character maps of Chinese PDF fonts. */
  readonly cmaps: string;
  readonly renderer: string;
}
