import path from 'node:path';
import { createFileRegistry } from '../../electron/files.ts';
import { startLoopback, type Loopback } from '../../electron/hosts/loopback.ts';
import { createGoldenDispatch, type GoldenDispatch, type Overrides } from './golden-dispatch.ts';

export interface Served extends GoldenDispatch {
  readonly host: Loopback;
  /** Tells the page something without being asked. */
  emit(event: string, payload: unknown): void;
}

/** The built page on the loopback host, answered by golden replies. `renderer` is the built folder (dist/renderer). */
export async function serve(overrides: Overrides = {}, renderer = path.resolve('dist/renderer')): Promise<Served> {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  const golden = createGoldenDispatch(overrides);
  const host = await startLoopback({
    dispatch: golden.dispatch,
    files: createFileRegistry(),
    renderer,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { ...golden, host, emit: (event, payload) => listeners.forEach((hear) => hear(event, payload)) };
}
