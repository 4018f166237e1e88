import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import type { Language } from '../texts/names.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type KindFields = Output<'imports.fields'>['kinds'][number]['fields'];
interface Mappings {
  /** What a column of each kind can be. */
  readonly fields: Loadable<ReadonlyMap<Kind, KindFields>>;
  /** Columns mapped by hand that are remembered, every version. */
  readonly list: Loadable<Output<'mappings.list'>['mappings']>;
}

export const mappings = createStore<Mappings>(() => ({ fields: unread, list: unread }));

const fieldTurn = newTurn();
/** Reads the fields once; they change with the version of the app only. */
export async function loadFields(): Promise<void> {
  const { fields } = mappings.getState();
  if (fields.value || fields.loading) return;
  await load(
    fieldTurn,
    fields,
    async () => new Map((await call('imports.fields', {})).kinds.map((k) => [k.kind, k.fields])),
    (loaded) => mappings.setState({ fields: loaded }),
  );
}

const listTurn = newTurn();
export const loadMappings = (): Promise<void> =>
  load(
    listTurn,
    mappings.getState().list,
    async () => (await call('mappings.list', {})).mappings,
    (list) => mappings.setState({ list }),
  );

/** Forgets what was said of a header. */
export async function forgetMapping(signature: string): Promise<void> {
  await call('mappings.remove', { signature });
  await loadMappings();
}

export function startMappings(): void {
  listen('changed', ({ areas }) => {
    if (areas.includes('imports') && mappings.getState().list.value) void loadMappings();
  });
}

/** The portal's name of a field; the field itself where this version does not know it. */
export function fieldName(
  fields: ReadonlyMap<Kind, KindFields> | undefined,
  kind: Kind | undefined,
  field: string,
  language: Language,
): string {
  const known = kind && fields?.get(kind)?.find((f) => f.field === field);
  return known ? known.name[language] : field;
}

export const useMappings = <T>(select: (s: Mappings) => T): T => useStore(mappings, select);
