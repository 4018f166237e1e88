import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type Progress = Output<'requests.progress'>['progress'];
export type Entry = Progress['entries'][number];
export type Board = Output<'requests.board'>;
export type BoardRequest = Board['requests'][number];

interface AfterMailing {
  /** Of the request in view. */
  readonly progress: Loadable<Progress>;
  readonly board: Loadable<Board>;
}

export const afterMailing = createStore<AfterMailing>(() => ({ progress: unread, board: unread }));
const turns = { progress: newTurn(), board: newTurn() };

/** Reads the progress of a request; that of another one leaves the page at once. */
export function loadProgress(requestId: string): Promise<void> {
  const { progress } = afterMailing.getState();
  return load(
    turns.progress,
    progress.value?.requestId === requestId ? progress : unread,
    async () => (await call('requests.progress', { requestId })).progress,
    (loaded) => afterMailing.setState({ progress: loaded }),
  );
}

export const loadBoard = (): Promise<void> =>
  load(
    turns.board,
    afterMailing.getState().board,
    () => call('requests.board', {}),
    (board) => afterMailing.setState({ board }),
  );

/** Each of these writes one entry; the answer is what the request has become. They throw CallFailed. */
export async function enter(entry: Input<'requests.enter'>): Promise<void> {
  put((await call('requests.enter', entry)).progress);
}
export async function correct(entry: Input<'requests.correct'>): Promise<void> {
  put((await call('requests.correct', entry)).progress);
}
export async function strike(id: number, reason: string): Promise<void> {
  put((await call('requests.strike', { id, reason })).progress);
}

function put(progress: Progress): void {
  // A question that is still on its way would bring the state before this.
  turns.progress.last += 1;
  afterMailing.setState({ progress: { value: progress, error: undefined, loading: false } });
}

/** Reads again what is on the page whenever requests or invoices change; returns what stops it. */
export function watchAfterMailing(read: () => Promise<void>): () => void {
  void read();
  return listen('changed', ({ areas }) => {
    if (areas.some((a) => a === 'requests' || a === 'invoices' || a === 'imports' || a === 'settings' || a === 'findings')) void read();
  });
}

export const useAfterMailing = <T>(select: (s: AfterMailing) => T): T => useStore(afterMailing, select);
