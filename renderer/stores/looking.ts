import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, listen, type CallFailed } from '../api.ts';
import type { Pair } from '../../electron/core/bridge.ts';

/** What is looked into: the groups of a pair, or what the incentives come to. */
export type Looked = Pair | 'shares';

interface Looking {
  readonly stage: Looked | undefined;
  /** How many groups the run that looks into it has met so far. */
  readonly met: number;
  /** Why it could not be stopped. */
  readonly error: CallFailed | undefined;
}
const looking = createStore<Looking>(() => ({ stage: undefined, met: 0, error: undefined }));

export const beginLooking = (stage: Looked): void => looking.setState({ stage, met: 0, error: undefined });

/** Stops the run that looks; the question that waits for it then fails as cancelled. */
export async function stopLooking(): Promise<void> {
  await call('jobs.cancel', {}).catch((error: unknown) => looking.setState({ error: asFailure(error) }));
}

export function startLooking(): void {
  listen('progress', ({ job, stage, done }) => {
    if (job === 'drill' && looking.getState().stage === stage) looking.setState({ met: done });
  });
}

export const useLooking = <T>(select: (s: Looking) => T): T => useStore(looking, select);
