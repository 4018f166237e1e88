import { workerData, type MessagePort } from 'node:worker_threads';
import type { MadeOutcome } from '../../db/kept-outcomes.ts';
import { loadDriver, openForJudging, sortingInParts, type WriteDb } from '../../db/open.ts';
import { longReconcilers } from '../../db/reconciling/list.ts';
import { monthContext } from '../../db/reconciling/month-context.ts';
import { OutcomeTurns } from './outcome-turns.ts';
import { runWatched } from './run-watched.ts';
import { StopFlag } from './stop-flag.ts';

/** Which month's parts are run beside the job, on what, and the memory of its turns and of the job's StopFlag. */
export interface OutcomeInput {
  readonly database: string;
  readonly cycle: string;
  readonly version: string;
  /** Their places among the reconcilers that take long, in the order in which they are taken. */
  readonly parts: readonly number[];
  readonly turns: SharedArrayBuffer;
  readonly stop: SharedArrayBuffer;
  readonly port: MessagePort;
}
/** What a part found; without `made` the job runs the part itself, and meets what went wrong here. */
export interface OutcomeReply {
  readonly part: number;
  readonly made: MadeOutcome | undefined;
}

const { database, cycle, version, parts, port, ...shared } = workerData as OutcomeInput;
const turns = new OutcomeTurns(shared.turns);
const stop = new StopFlag(shared.stop);

/** One reading transaction, so that all parts see one state: the job's, for nobody else writes meanwhile. */
function runParts(db: WriteDb): void {
  db.exec('BEGIN');
  const context = monthContext(db, cycle);
  for (const part of parts) {
    if (turns.over || stop.asked) return;
    if (!turns.take(part)) continue;
    let made: MadeOutcome | undefined;
    try {
      made = sortingInParts(db, () => runWatched(longReconcilers[part]!, context, version)).made;
    } catch {
      made = undefined;
    }
    port.postMessage({ part, made } satisfies OutcomeReply);
    turns.tell('answers');
  }
}

try {
  loadDriver();
  stop.endLoading();
  turns.tell('loaded');
  const db = openForJudging(database);
  try {
    runParts(db);
  } finally {
    db.close();
  }
} finally {
  turns.tell('gone');
}
