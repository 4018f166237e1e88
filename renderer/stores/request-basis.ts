import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type Basis = Output<'requests.basis'>['basis'];

/** What the request in view should be by its incentive bills. */
const basis = createStore<Loadable<Basis>>(() => unread);
const turn = newTurn();

/** Reads the basis of a request; that of another one leaves the page at once. */
export function loadBasis(requestId: string): Promise<void> {
  const before = basis.getState();
  return load(
    turn,
    before.value?.requestId === requestId ? before : unread,
    async () => (await call('requests.basis', { requestId })).basis,
    (loaded) => basis.setState(loaded),
  );
}

export const useBasis = (): Loadable<Basis> => useStore(basis);
