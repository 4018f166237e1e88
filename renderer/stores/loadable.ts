import { asFailure, type CallFailed } from '../api.ts';

/** Something read from the app: the last value stays while it is read again, so that a page never flickers. */
export interface Loadable<T> {
  readonly value: T | undefined;
  readonly error: CallFailed | undefined;
  readonly loading: boolean;
}

export const unread: Loadable<never> = { value: undefined, error: undefined, loading: false };

/**
 * Runs `read` and tells `put` what became of it; an answer that arrives after a later question (same `turn`) is dropped.
 * On failure the old value goes away: a number that may be wrong is not shown beside an error.
 */
export async function load<T>(turn: Turn, before: Loadable<T>, read: () => Promise<T>, put: (l: Loadable<T>) => void): Promise<void> {
  const mine = ++turn.last;
  put({ ...before, loading: true });
  try {
    const value = await read();
    if (mine === turn.last) put({ value, error: undefined, loading: false });
  } catch (error) {
    if (mine === turn.last) put({ value: undefined, error: asFailure(error), loading: false });
  }
}

/** Numbers the questions of one place. */
export interface Turn {
  last: number;
}
export const newTurn = (): Turn => ({ last: 0 });
