import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { isScopeKind, type ScopeKind } from '../../electron/core/scope.ts';
import { run } from './jobs.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type ScopeMark = Output<'scopes.list'>['marks'][number];
type Import = Output<'imports.list'>['imports'][number];
type Tried = Output<'scopes.preview'>;
/** What an import is being said to cover. */
export interface ScopeDraft {
  readonly importId: string;
  readonly path: string;
  /** Its statements that can be marked. */
  readonly kinds: readonly ScopeKind[];
  readonly kind: ScopeKind;
  readonly managers: readonly string[];
  readonly customers: readonly string[];
}
interface Scopes {
  readonly list: Loadable<readonly ScopeMark[]>;
  readonly draft: ScopeDraft | undefined;
  readonly tried: Tried | undefined;
}

const scopes = createStore<Scopes>(() => ({ list: unread, draft: undefined, tried: undefined }));

/** The statements of an import that can be marked. */
export const markableKinds = ({ kind, kinds = kind === undefined ? [] : [kind] }: Import): ScopeKind[] => kinds.filter(isScopeKind);

/** The mark of an import's statement that was not taken back. */
export const markOf = (marks: readonly ScopeMark[] | undefined, importId: string, kind: ScopeKind): ScopeMark | undefined =>
  marks?.find((m) => m.importId === importId && m.kind === kind && m.state !== 'undone');

/** Opens the dialog with what was said of the import before. */
export function startScope(record: Import, kind = markableKinds(record)[0]): void {
  if (kind === undefined) return;
  const { managers = [], customers = [] } = markOf(scopes.getState().list.value, record.importId, kind) ?? {};
  const draft = { importId: record.importId, path: record.path, kinds: markableKinds(record), kind, managers, customers };
  scopes.setState({ draft, tried: undefined });
}
export const changeScope = (change: Partial<Pick<ScopeDraft, 'managers' | 'customers'>>): void =>
  scopes.setState((s) => ({ draft: s.draft && { ...s.draft, ...change }, tried: undefined }));
export const closeScope = (): void => scopes.setState({ draft: undefined, tried: undefined });

const saidOf = ({ importId, kind, managers, customers }: ScopeDraft): Input<'scopes.mark'> => ({
  importId,
  kind,
  managers: [...managers],
  customers: [...customers],
});

/** Asks what the mark would change; a failure stands in the jobs store. */
export async function tryScope(): Promise<void> {
  const { draft } = scopes.getState();
  if (!draft) return;
  const tried = await run('preview', () => call('scopes.preview', saidOf(draft)));
  if (tried && scopes.getState().draft === draft) scopes.setState({ tried });
}

/** Keeps the mark, or takes back the one that stands; its months are stale until they are reconciled again. */
export async function keepScope(undo?: ScopeMark): Promise<boolean> {
  const { draft } = scopes.getState();
  if (!draft) return false;
  const kept = await run('preview', () => (undo ? call('scopes.undo', { id: undo.id }) : call('scopes.mark', saidOf(draft))));
  if (kept) closeScope();
  return kept !== undefined;
}

const turn = newTurn();
/** Reads every mark, undone ones too. */
export function loadScopes(): void {
  void load(
    turn,
    scopes.getState().list,
    async () => (await call('scopes.list', {})).marks,
    (list) => scopes.setState({ list }),
  );
}

export function startScopes(): void {
  listen('changed', ({ areas }) => {
    if (areas.includes('imports') && scopes.getState().list.value) loadScopes();
  });
}
export const useScopes = <T>(select: (s: Scopes) => T): T => useStore(scopes, select);
