import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadDriver, openForWriting, type WriteDb } from '../../db/open.ts';
import { runBackup, runRestore } from './backup-jobs.ts';
import { cancelled } from './cancelled.ts';
import { drillPair, sumShares, type DrillContext } from './drill.ts';
import { failureOf } from './failure.ts';
import { verifyWorkspace } from './verify.ts';
import { nowText } from './clock.ts';
import { importFiles } from './import.ts';
import { StopFlag } from './stop-flag.ts';
import { tryOut } from './preview.ts';
import type { Job, JobResults, WorkerInput, WorkerMessage } from './protocol.ts';
import { writeProblems } from './problems.ts';
import { reconcileMonth, type ReconcileContext } from './reconcile.ts';
import { undoOneImport } from './undo.ts';

/** One job, one thread, one transaction: the thread opens its own connection, does the job, answers and ends. */
const input = workerData as WorkerInput;
const stop = new StopFlag(input.stop);
const abort = new AbortController();
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

function checkStop(): void {
  if (!stop.asked) return;
  abort.abort();
  throw cancelled(input.job, stop.committed);
}

/** Does what can no longer be taken back, or throws and does not, where the job was asked to stop before. */
function forGood<T>(write: () => T): T {
  begin();
  let done = false;
  try {
    const value = write();
    done = true;
    return value;
  } finally {
    stop.leave(done);
  }
}

async function exchange(write: () => Promise<void>): Promise<void> {
  begin();
  let done = false;
  try {
    await write();
    done = true;
  } finally {
    stop.leave(done);
  }
}

function begin(): void {
  if (!stop.enter()) throw cancelled(input.job, stop.committed);
}

/** From so many rows on a month is worth a second thread, which takes a tenth of a second to be there. */
const largeMonth = 50_000;

/** The reconciliation commits by itself after its last stage. */
function reconcile(cycle: string, db: WriteDb): void {
  let saving = false;
  let done = false;
  const onStage = (stage: string, at: number, total: number): void => {
    checkStop();
    if (stage === 'save') {
      begin();
      saving = true;
    }
    send({ kind: 'progress', progress: { job: 'reconcile', stage, done: at, total } });
  };
  try {
    reconcileMonth(cycle, { db, now: nowText, onStage, aside: { from: largeMonth, stop } });
    done = true;
  } finally {
    if (saving) stop.leave(done);
  }
}

/** A reconciliation that is never committed can be stopped at every stage. */
const trying = (db: WriteDb): ReconcileContext => ({
  db,
  now: nowText,
  onStage: (stage, done, total) => {
    checkStop();
    send({ kind: 'progress', progress: { job: 'preview', stage, done, total } });
  },
});

/** What looks into a run of its own can be stopped every few thousand groups. */
const looking = (db: WriteDb, stage: string): DrillContext => ({
  db,
  now: nowText,
  onProgress: (done) => {
    checkStop();
    send({ kind: 'progress', progress: { job: 'drill', stage, done } });
  },
});

async function run(job: Job): Promise<JobResults[Job['name']]> {
  if (job.name === 'restore') return runRestore(job, input, { send, exchange });
  const db = openForWriting(input.database, input.migrations, {
    onStep: (step) => {
      checkStop();
      send({ kind: 'progress', progress: { job: 'upgrade', ...step } });
    },
  });
  try {
    switch (job.name) {
      case 'import':
        return await importFiles(job.paths, job, {
          db,
          filesFolder: input.filesFolder,
          now: nowText,
          signal: abort.signal,
          forGood,
          onProgress: (p) => {
            checkStop();
            const stage = job.dryRun ? 'preview' : 'import';
            send({ kind: 'progress', progress: { job: 'import', stage, file: p.file, done: p.bytes, total: p.total, rows: p.rows } });
          },
        });
      case 'problems':
        return await writeProblems(job, {
          db,
          filesFolder: input.filesFolder,
          now: nowText,
          signal: abort.signal,
          onProgress: (p) => {
            checkStop();
            send({
              kind: 'progress',
              progress: { job: 'import', stage: 'problems', file: p.file, done: p.bytes, total: p.total, rows: p.rows },
            });
          },
        });
      case 'undo':
        return forGood(() => undoOneImport(db, job.importId, nowText()));
      case 'reconcile':
        reconcile(job.cycle, db);
        return { cycle: job.cycle };
      case 'preview':
        return tryOut(job.trial, job.cycles, trying(db));
      case 'drill':
        return drillPair(job, looking(db, job.pair));
      case 'shares':
        return sumShares(job, looking(db, 'shares'));
      case 'verify':
        return await verifyWorkspace({
          db,
          filesFolder: input.filesFolder,
          onStage: (stage, done, total) => {
            checkStop();
            send({ kind: 'progress', progress: { job: 'verify', stage, done, total } });
          },
        });
      case 'upgrade':
        return;
      case 'backup':
        return await runBackup(job, input, db, send);
    }
  } finally {
    db.close();
  }
}

/** Between the reports of progress, as while a large file is hashed, this is what sees that the job is to stop (ms). */
const look = setInterval(() => stop.asked && abort.abort(), 20);
try {
  loadDriver();
  stop.tellLoaded();
  checkStop();
  send({ kind: 'done', result: await run(input.job) });
} catch (error) {
  // What reads with the signal ends by an error of its own.
  send(failureOf(abort.signal.aborted ? cancelled(input.job, stop.committed) : error, [path.dirname(input.database)]));
} finally {
  clearInterval(look);
}
