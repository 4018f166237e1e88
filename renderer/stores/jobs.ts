import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, listen, type CallFailed } from '../api.ts';
import type { EventPayload } from '../../electron/contract.ts';
import { go } from './session.ts';
import { secondsLeft, type Began } from './time-left.ts';

type Job = EventPayload<'progress'>['job'];
interface Jobs {
  /** The long job that this window started and has not heard the end of. */
  readonly running: Job | undefined;
  readonly progress: EventPayload<'progress'> | undefined;
  /** Seconds until the file or stage at hand is done, where they can be told. */
  readonly left: number | undefined;
  readonly stopping: boolean;
  /** The last long job's failure, until it is dismissed or another starts. */
  readonly error: CallFailed | undefined;
  /** Findings of the last reconciliation of this window, for the message at its end. */
  readonly found: number | undefined;
}

const idle: Jobs = { running: undefined, progress: undefined, left: undefined, stopping: false, error: undefined, found: undefined };
export const jobs = createStore<Jobs>(() => idle);

/** Runs a long job of this window, one at a time; answers undefined where one was running or it failed (the failure is in the store). */
export async function run<T>(job: Job, work: () => Promise<T>): Promise<T | undefined> {
  if (jobs.getState().running !== undefined) return undefined;
  jobs.setState({ ...idle, running: job });
  try {
    const value = await work();
    jobs.setState({ ...idle });
    return value;
  } catch (error) {
    jobs.setState({ ...idle, error: asFailure(error) });
    return undefined;
  }
}

export async function stop(): Promise<void> {
  jobs.setState({ stopping: true });
  await call('jobs.cancel', {}).catch((error: unknown) => jobs.setState({ error: asFailure(error), stopping: false }));
}

/** Reconciles a month; the views hear of it by the `changed` event and by `after`. */
export async function reconcile(cycle: string): Promise<void> {
  const reply = await run('reconcile', () => call('month.reconcile', { billingCycle: cycle, most: 0 }));
  if (reply) jobs.setState({ found: reply.total ?? reply.findings.length });
}

/** Imports the sample month and goes to it. */
export async function importSample(): Promise<void> {
  const reply = await run('import', () => call('sample.import', {}));
  if (reply) go('month', { cycle: reply.billingCycle });
}

export function startJobs(): void {
  let began: Began | undefined;
  listen('progress', (progress) => {
    if (jobs.getState().running === undefined) return;
    const { file, stage, done, total } = progress;
    const what = `${stage} ${file ?? ''}`;
    const now = performance.now();
    if (began?.what !== what || done < began.done) began = { what, at: now, done };
    jobs.setState({ progress, left: total === undefined ? undefined : secondsLeft(began, now, done, total) });
  });
}

export const dismissJobError = (): void => jobs.setState({ error: undefined });
export const useJobs = <T>(select: (s: Jobs) => T): T => useStore(jobs, select);
