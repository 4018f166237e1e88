import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type Bridges = Output<'month.bridges'>['bridges'];
export type Bridge = Bridges[number];
export type BuiltBridge = Extract<Bridge, { left: unknown }>;
interface Month {
  readonly cycle: string | undefined;
  readonly status: Loadable<Output<'month.status'>>;
  readonly answers: Loadable<Output<'month.answers'>>;
  readonly bridges: Loadable<Bridges>;
  readonly checks: Loadable<Output<'month.checks'>['checks']>;
  readonly changes: Loadable<Output<'month.changes'>>;
}

/** The most findings of one bridge that its page lists; more are under 差异. */
const listedFindings = 1000;

const blank = { status: unread, answers: unread, bridges: unread, checks: unread, changes: unread };
export const month = createStore<Month>(() => ({ cycle: undefined, ...blank }));
const turns = { status: newTurn(), answers: newTurn(), bridges: newTurn(), checks: newTurn(), changes: newTurn() };

/** Reads everything about a month; another month's values are never shown under this one's name. */
export function openMonth(cycle: string): void {
  if (month.getState().cycle !== cycle) month.setState({ cycle, ...blank });
  const at = { billingCycle: cycle };
  const s = month.getState();
  void load(
    turns.status,
    s.status,
    () => call('month.status', at),
    (status) => month.setState({ status }),
  );
  void load(
    turns.answers,
    s.answers,
    () => call('month.answers', at),
    (answers) => month.setState({ answers }),
  );
  void load(
    turns.bridges,
    s.bridges,
    async () => (await call('month.bridges', { ...at, most: listedFindings })).bridges,
    (bridges) => month.setState({ bridges }),
  );
  void load(
    turns.checks,
    s.checks,
    async () => (await call('month.checks', at)).checks,
    (checks) => month.setState({ checks }),
  );
  void load(
    turns.changes,
    s.changes,
    () => call('month.changes', at),
    (changes) => month.setState({ changes }),
  );
}

export function startMonth(): void {
  listen('changed', () => {
    const { cycle } = month.getState();
    if (cycle !== undefined) openMonth(cycle);
  });
}

export const isBuilt = (bridge: Bridge): bridge is BuiltBridge => 'left' in bridge;
export const useMonth = <T>(select: (s: Month) => T): T => useStore(month, select);
