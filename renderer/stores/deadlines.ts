import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, listen } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import { jobs } from './jobs.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type Deadlines = Output<'deadlines.list'>;
export type Repayments = Output<'repayments.list'>;
interface Typed {
  readonly cycle: string | undefined;
  readonly deadlines: Loadable<Deadlines>;
  readonly repayments: Loadable<Repayments>;
}

const blank = { deadlines: unread, repayments: unread };
export const typed = createStore<Typed>(() => ({ cycle: undefined, ...blank }));
const turns = { deadlines: newTurn(), repayments: newTurn() };

/** Reads what a person types of a month: its dates, and which entries repay its bill. */
export function openTyped(cycle: string): void {
  if (typed.getState().cycle !== cycle) typed.setState({ cycle, ...blank });
  const at = { billingCycle: cycle };
  const s = typed.getState();
  void load(
    turns.deadlines,
    s.deadlines,
    () => call('deadlines.list', at),
    (deadlines) => typed.setState({ deadlines }),
  );
  void load(
    turns.repayments,
    s.repayments,
    () => call('repayments.list', at),
    (repayments) => typed.setState({ repayments }),
  );
}

/** Stores a date, or forgets it where it is empty; false where the app refuses it, which the window's notice says. */
export async function typeDeadline(billingCycle: string, subject: string, date: string): Promise<boolean> {
  try {
    if (date.trim() === '') await call('deadlines.remove', { billingCycle, subject });
    else await call('deadlines.set', { billingCycle, subject, date });
    return true;
  } catch (error) {
    jobs.setState({ error: asFailure(error) });
    return false;
  }
}

/** Says that an entry repays the month's bill, or takes that back. */
export async function allot(billingCycle: string, { account, flow }: { account: string; flow: string }, allotted: boolean): Promise<void> {
  try {
    await call('repayments.allot', { billingCycle, account, flow, allotted });
  } catch (error) {
    jobs.setState({ error: asFailure(error) });
  }
}

/** Reads again when data changed, and when the window is looked at again: the days left may be fewer by then. */
export function startTyped(): void {
  const again = () => {
    const { cycle } = typed.getState();
    if (cycle !== undefined) openTyped(cycle);
  };
  listen('changed', again);
  window.addEventListener('focus', again);
}

export const useTyped = <T>(select: (s: Typed) => T): T => useStore(typed, select);
