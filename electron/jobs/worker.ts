import { parentPort, workerData } from 'node:worker_threads';
import { openForWriting } from '../../db/open.ts';
import { AppError } from '../errors.ts';
import { systemFault } from '../system-faults.ts';
import { runBackup, runRestore } from './backup-jobs.ts';
import { cancelled } from './cancelled.ts';
import { nowText } from './clock.ts';
import { importFiles } from './import.ts';
import type { Job, JobResults, WorkerInput, WorkerMessage } from './protocol.ts';
import { writeProblems } from './problems.ts';
import { reconcileMonth } from './reconcile.ts';
import { undoOneImport } from './undo.ts';

/** One job, one thread, one transaction: the thread opens its own connection, does the job, answers and ends. */
const input = workerData as WorkerInput;
const stop = new Int32Array(input.stop);
const abort = new AbortController();
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

function checkStop(): void {
  if (Atomics.load(stop, 0) === 0) return;
  abort.abort();
  throw cancelled(input.job);
}

async function run(job: Job): Promise<JobResults[Job['name']]> {
  if (job.name === 'restore') return runRestore(job, input, send);
  const db = openForWriting(input.database, input.migrations);
  try {
    switch (job.name) {
      case 'import':
        return await importFiles(job.paths, job, {
          db,
          filesFolder: input.filesFolder,
          now: nowText,
          signal: abort.signal,
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
        return undoOneImport(db, job.importId, nowText());
      case 'reconcile':
        reconcileMonth(job.cycle, {
          db,
          now: nowText,
          onStage: (stage, done, total) => {
            checkStop();
            send({ kind: 'progress', progress: { job: 'reconcile', stage, done, total } });
          },
        });
        return { cycle: job.cycle };
      case 'backup':
        return await runBackup(job, input, db, send);
    }
  } finally {
    db.close();
  }
}

try {
  send({ kind: 'done', result: await run(input.job) });
} catch (error) {
  const refused = error instanceof AppError ? error : systemFault(error);
  if (refused) send({ kind: 'refused', code: refused.code, text: refused.text, details: refused.details });
  else {
    const e = error instanceof Error ? error : new Error(String(error));
    send({ kind: 'defect', message: e.message, stack: e.stack ?? '' });
  }
}
