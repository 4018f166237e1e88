import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { session } from './session.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type PaymentRequest = Output<'requests.list'>['requests'][number];
export type Notice = Output<'requests.readNotice'>;
export type Invoice = Output<'invoices.list'>['invoices'][number];
interface Invoices {
  readonly requests: Loadable<readonly PaymentRequest[]>;
  /** The request whose invoices are shown. */
  readonly openId: string | undefined;
  /** Ticked for printing. */
  readonly ticked: ReadonlySet<string>;
}

export const invoices = createStore<Invoices>(() => ({ requests: unread, openId: undefined, ticked: new Set() }));
const turn = newTurn();

/** All requests of all months: one that is late stands beside the new ones. */
export const loadRequests = (): Promise<void> =>
  load(
    turn,
    invoices.getState().requests,
    async () => (await call('requests.list', {})).requests,
    (requests) =>
      invoices.setState((s) => {
        // Until the new list is there, the one that was asked for stays: the old list may lack it.
        if (!requests.value || requests.loading) return { requests };
        const ids = new Set(requests.value.map((r) => r.requestId));
        const first = requests.value.find((r) => r.billingCycle === session.getState().cycle) ?? requests.value[0];
        const openId = s.openId !== undefined && ids.has(s.openId) ? s.openId : first?.requestId;
        return { requests, openId, ticked: new Set([...s.ticked].filter((id) => ids.has(id))) };
      }),
  );

export const openRequest = (openId: string): void => invoices.setState({ openId });
export function tick(ids: readonly string[], on: boolean): void {
  invoices.setState((s) => ({ ticked: on ? new Set([...s.ticked, ...ids]) : new Set([...s.ticked].filter((id) => !ids.includes(id))) }));
}

/** What a pasted notice says, to be confirmed; writes nothing. */
export const readNotice = (text: string): Promise<Notice> => call('requests.readNotice', { text });

/** Each of these writes, then reads the list again; they throw CallFailed. */
export async function saveRequest(body: Input<'requests.save'>): Promise<void> {
  const { request } = await call('requests.save', body);
  await loadRequests();
  invoices.setState({ openId: request.requestId });
}
export async function addInvoice(body: Input<'invoices.add'>): Promise<void> {
  await call('invoices.add', body);
  await loadRequests();
}
export async function removeInvoice(invoice: Invoice): Promise<void> {
  await call('invoices.remove', { number: invoice.number, code: invoice.code });
  await loadRequests();
}

export function startInvoices(): void {
  listen('changed', ({ areas }) => {
    if (
      invoices.getState().requests.value &&
      areas.some((a) => a === 'requests' || a === 'invoices' || a === 'imports' || a === 'settings')
    )
      void loadRequests();
  });
}

export const useInvoices = <T>(select: (s: Invoices) => T): T => useStore(invoices, select);
