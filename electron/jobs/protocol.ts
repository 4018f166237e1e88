import type { EventPayload } from '../contract.ts';
import type { BackupManifest } from '../core/backup.ts';
import type { DrillRequest, SharesRequest } from './drill.ts';
import type { Failure } from './failure.ts';
import type { Verification } from './verify.ts';
import type { ImportAnswers, ImportedFile } from './import.ts';
import type { Trial, Tried } from './preview.ts';
import type { ProblemsRequest } from './problems.ts';

/** What a worker thread can be asked to do; plain data only. */
export type Job =
  | {
      readonly name: 'import';
      readonly paths: readonly string[];
      readonly shownAs: Readonly<Record<string, string>>;
      readonly answers: ImportAnswers;
      readonly strict: boolean;
      readonly dryRun: boolean;
      readonly language: 'zh' | 'en';
    }
  | ({ readonly name: 'problems' } & ProblemsRequest)
  | { readonly name: 'undo'; readonly importId: string }
  | { readonly name: 'reconcile'; readonly cycle: string }
  | { readonly name: 'preview'; readonly trial: Trial; readonly cycles: readonly string[] }
  | ({ readonly name: 'drill' } & DrillRequest)
  | ({ readonly name: 'shares' } & SharesRequest)
  | { readonly name: 'verify' }
  /** Brings an older database up to date, as opening it does. */
  | { readonly name: 'upgrade' }
  /** `work` is an empty folder that the caller makes and removes, so that a thread that is ended leaves nothing. */
  | { readonly name: 'backup'; readonly target: string; readonly work: string }
  | { readonly name: 'restore'; readonly file: string; readonly work: string; readonly backups: string };

export interface JobResults {
  readonly import: readonly ImportedFile[];
  readonly problems: { readonly problems: number };
  readonly undo: { readonly importId: string; readonly rows: number };
  readonly reconcile: { readonly cycle: string };
  readonly preview: Tried;
  readonly drill: { readonly groups: number };
  readonly shares: void;
  readonly verify: Verification;
  readonly upgrade: void;
  readonly backup: BackupManifest;
  readonly restore: { readonly manifest: BackupManifest; readonly previous: string };
}

/** Where a worker finds its workspace, and the memory of its StopFlag. */
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
  | Failure;
