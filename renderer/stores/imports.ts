import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { CallFailed, call, fileFailure, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { fileName } from '../texts/names.ts';
import { zh } from '../texts/zh.ts';
import { en } from '../texts/en.ts';
import { run } from './jobs.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';
import { go, session } from './session.ts';

export type ImportedFile = Output<'imports.preview'>['files'][number];
export type Answers = NonNullable<Input<'imports.preview'>['answers']>;
/** What was dropped or chosen: a file or a folder, by the host's token, with what the person said about it. */
interface Source {
  readonly token: string;
  readonly name: string;
  readonly answers: Answers;
}
interface Imports {
  readonly sources: readonly Source[];
  /** nothing chosen → previewing → preview → (commit) → done */
  readonly phase: 'idle' | 'previewing' | 'preview' | 'done';
  readonly files: readonly ImportedFile[];
  readonly error: CallFailed | undefined;
  readonly history: Loadable<Output<'imports.list'>['imports']>;
}

const idle = { sources: [], phase: 'idle', files: [], error: undefined } as const;
export const imports = createStore<Imports>(() => ({ ...idle, history: unread }));

/** One request per set of answers: the app takes one set for all tokens of a request. */
function requests(): Input<'imports.preview'>[] {
  const groups = new Map<string, Source[]>();
  for (const source of imports.getState().sources) {
    const key = JSON.stringify(source.answers);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  const { language } = session.getState();
  return [...groups.values()].map((g) => ({ tokens: g.map((s) => s.token), answers: g[0]!.answers, language }));
}

async function preview(): Promise<void> {
  imports.setState({ phase: 'previewing', error: undefined });
  const files = await run('import', async () => {
    const all: ImportedFile[] = [];
    for (const request of requests()) all.push(...(await call('imports.preview', request)).files);
    return all;
  });
  if (files) imports.setState({ phase: 'preview', files });
  else imports.setState({ ...idle });
}

/** Takes what the host gave for a drop or a choice, goes to the import page and previews it with what was there already. */
async function take(ask: Promise<readonly { token: string; name: string }[]>, dropped: boolean): Promise<void> {
  try {
    const given = await ask;
    if (given.length === 0) {
      if (dropped) throw new CallFailed('drop.empty', { zh: zh.imports.dropEmpty, en: en.imports.dropEmpty });
      return;
    }
    const before = imports.getState().phase === 'preview' ? imports.getState().sources : [];
    imports.setState({ sources: [...before, ...given.map((g) => ({ token: g.token, name: g.name, answers: {} }))] });
    go('import');
    await preview();
  } catch (error) {
    imports.setState({ error: fileFailure(error) });
    go('import');
  }
}
export const takeDrop = (files: File[]): Promise<void> => take(window.hezhang.files.fromDrop(files), true);
export const chooseFiles = (folders: boolean): Promise<void> => take(window.hezhang.files.choose({ folders, multiple: true }), false);

/** The source that a previewed file is, where it was dropped as itself (not inside a folder). */
export const sourceOf = (file: ImportedFile): Source | undefined => {
  const name = fileName(file.path);
  const named = imports.getState().sources.filter((s) => s.name === file.path || s.name === name);
  return named.length === 1 ? named[0] : undefined;
};

/** Says what one file is, and previews again. */
export async function answer(token: string, answers: Answers): Promise<void> {
  imports.setState((s) => ({ sources: s.sources.map((x) => (x.token === token ? { ...x, answers } : x)) }));
  await preview();
}

/** Writes what the preview showed. */
export async function commit(): Promise<void> {
  const files = await run('import', async () => {
    const all: ImportedFile[] = [];
    for (const request of requests()) all.push(...(await call('imports.commit', request)).files);
    return all;
  });
  if (files) imports.setState({ phase: 'done', files, sources: [] });
  void loadHistory();
}

export const discard = (): void => imports.setState({ ...idle });

const history = newTurn();
export const loadHistory = (): Promise<void> =>
  load(
    history,
    imports.getState().history,
    async () => (await call('imports.list', {})).imports,
    (list) => imports.setState({ history: list }),
  );

/** Takes an import off the books; answers the number of rows removed. */
export async function undo(importId: string): Promise<number> {
  const { rows } = await call('imports.undo', { importId });
  await loadHistory();
  return rows;
}

export function startImports(): void {
  listen('changed', ({ areas }) => {
    if (areas.includes('imports') && imports.getState().history.value) void loadHistory();
  });
}

export const useImports = <T>(select: (s: Imports) => T): T => useStore(imports, select);
