import type { EventPayload } from '../contract.ts';
import type { ImportAnswers, ImportedFile } from './import.ts';

/** What a worker thread can be asked to do; plain data only. */
export type Job =
  | {
      readonly name: 'import';
      readonly paths: readonly string[];
      readonly answers: ImportAnswers;
      readonly strict: boolean;
      readonly dryRun: boolean;
      readonly language: 'zh' | 'en';
    }
  | { readonly name: 'undo'; readonly importId: string }
  | { readonly name: 'reconcile'; readonly cycle: string };

export interface JobResults {
  readonly import: readonly ImportedFile[];
  readonly undo: { readonly importId: string; readonly rows: number };
  readonly reconcile: { readonly cycle: string };
}

/** Where a worker finds its workspace, and the flag that asks it to stop (1 = stop). */
export interface WorkerInput {
  readonly job: Job;
  readonly database: string;
  readonly filesFolder: string;
  readonly migrations: string;
  readonly stop: SharedArrayBuffer;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: EventPayload<'progress'> }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly text: { zh: string; en: string }; readonly details: unknown }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };
