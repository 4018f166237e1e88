import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, fileFailure, listen } from '../api.ts';
import { imports, takeFound } from './imports.ts';

interface Watch {
  /** The watched folder's name; undefined: off. */
  readonly folder: string | undefined;
  /** New downloads that were neither previewed nor passed over. */
  readonly found: readonly { readonly token: string; readonly name: string }[];
}

export const watch = createStore<Watch>(() => ({ folder: undefined, found: [] }));

/** Lets the person choose the folder; a plain browser has no folder of this computer to give. */
export async function chooseWatched(): Promise<void> {
  try {
    const [folder] = await window.hezhang.files.choose({ folders: true });
    if (folder) watch.setState({ folder: (await call('watch.set', { token: folder.token })).folder, found: [] });
  } catch (error) {
    imports.setState({ error: fileFailure(error) });
  }
}

export async function stopWatching(): Promise<void> {
  await call('watch.set', { token: null }).then(
    () => watch.setState({ folder: undefined, found: [] }),
    (error: unknown) => imports.setState({ error: asFailure(error) }),
  );
}

export function previewFound(): Promise<void> {
  const { found } = watch.getState();
  watch.setState({ found: [] });
  return takeFound(found);
}
export const passOver = (): void => watch.setState({ found: [] });

export function startWatch(): void {
  listen('found', ({ files }) =>
    watch.setState((s) => ({ found: [...s.found.filter((f) => !files.some((n) => n.token === f.token)), ...files] })),
  );
  call('watch.get', {}).then(
    ({ folder }) => watch.setState({ folder }),
    (error: unknown) => console.error(error),
  );
}

export const useWatch = <T>(select: (s: Watch) => T): T => useStore(watch, select);
