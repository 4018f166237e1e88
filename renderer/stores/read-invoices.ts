import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, fileFailure, listen, type CallFailed } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import type { ChosenFile } from '../../electron/window-api.ts';
import type { Invoice } from './invoices.ts';

export type ReadFile = Output<'invoices.read'>['files'][number];
/** Something read and waiting for the person; `id` names it on the page. */
export interface Waiting {
  readonly id: number;
  readonly read: ReadFile;
  /** The person changed something of it, so that only its own button saves it. */
  readonly changed?: true;
}
interface ReadInvoices {
  readonly reading: boolean;
  readonly waiting: readonly Waiting[];
  /** Those of them that one click stores just now, and how many of them are. */
  readonly saving: { readonly ids: ReadonlySet<number>; readonly done: number } | undefined;
  readonly error: CallFailed | undefined;
  /** Invoices that belong to no request yet. */
  readonly untied: readonly Invoice[];
}

export const readInvoices = createStore<ReadInvoices>(() => ({
  reading: false,
  waiting: [],
  saving: undefined,
  error: undefined,
  untied: [],
}));
let last = 0;

async function read(input: Input<'invoices.read'>): Promise<void> {
  readInvoices.setState({ reading: true, error: undefined });
  try {
    const { files } = await call('invoices.read', input);
    readInvoices.setState((s) => ({ waiting: [...s.waiting, ...files.map((one) => ({ id: ++last, read: one }))] }));
  } catch (error) {
    readInvoices.setState({ error: asFailure(error) });
  }
  readInvoices.setState({ reading: false });
}

async function take(files: Promise<ChosenFile[]>): Promise<void> {
  try {
    const tokens = (await files).map(({ token }) => token);
    if (tokens.length > 0) await read({ tokens });
  } catch (error) {
    readInvoices.setState({ error: fileFailure(error) });
  }
}

export const readDropped = (files: File[]): Promise<void> => take(window.hezhang.files.fromDrop(files));
export const chooseInvoices = (folders: boolean): Promise<void> => take(window.hezhang.files.choose({ folders, multiple: true }));
export const readQrText = (qr: string): Promise<void> => read({ qr });
export const dismiss = (id: number): void => readInvoices.setState((s) => ({ waiting: s.waiting.filter((one) => one.id !== id) }));

export const markChanged = (id: number): void =>
  readInvoices.setState((s) => ({ waiting: s.waiting.map((one) => (one.id === id ? { ...one, changed: true } : one)) }));

/** Stores a confirmed invoice and takes it off the page; throws CallFailed. */
export async function saveRead(id: number, body: Input<'invoices.add'>): Promise<void> {
  await call('invoices.add', body);
  dismiss(id);
}

/** Stores confirmed invoices one after another and takes them off the page; one that is refused stays, and its reason is shown. Returns how many were stored. */
export async function saveAllRead(bodies: ReadonlyMap<number, Input<'invoices.add'>>): Promise<number> {
  const ids = new Set(bodies.keys());
  const stored = new Set<number>();
  readInvoices.setState({ saving: { ids, done: 0 }, error: undefined });
  for (const [id, body] of bodies) {
    try {
      await call('invoices.add', body);
      stored.add(id);
    } catch (error) {
      readInvoices.setState({ error: asFailure(error) });
    }
    readInvoices.setState({ saving: { ids, done: stored.size } });
  }
  readInvoices.setState((s) => ({ saving: undefined, waiting: s.waiting.filter(({ id }) => !stored.has(id)) }));
  return stored.size;
}

export async function tieInvoice(invoice: Invoice, requestId: string): Promise<void> {
  await call('invoices.tie', { number: invoice.number, code: invoice.code, requestId }).catch((error: unknown) =>
    readInvoices.setState({ error: asFailure(error) }),
  );
}

export async function loadUntied(): Promise<void> {
  try {
    const { invoices } = await call('invoices.list', {});
    readInvoices.setState({ untied: invoices.filter(({ requestId }) => requestId === undefined) });
  } catch (error) {
    readInvoices.setState({ error: asFailure(error) });
  }
}

/** Reads the untied invoices again whenever invoices change; returns what stops it. */
export function watchUntied(): () => void {
  void loadUntied();
  return listen('changed', ({ areas }) => {
    if (areas.includes('invoices')) void loadUntied();
  });
}

export const useReadInvoices = <T>(select: (s: ReadInvoices) => T): T => useStore(readInvoices, select);
