import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';
import { createPaged, type Paged } from './paged.ts';

export type Plans = Output<'incentives.plans'>;
export type Share = Plans['shares'][number];
export type PlanProgress = Plans['plans'][number];
export type Basis = Output<'requests.basis'>['basis'];
type Customers = Output<'incentives.customers'>;
export type CustomerShare = Customers['shares'][number];
export type Question = Omit<Input<'incentives.customers'>, 'offset' | 'limit'>;
type Answer = Omit<Customers, 'shares'>;

interface Incentives {
  readonly cycle: string | undefined;
  readonly plans: Loadable<Plans>;
  /** What the month's payment requests should be by their incentive bills. */
  readonly bases: Loadable<readonly Basis[]>;
}
export const incentives = createStore<Incentives>(() => ({ cycle: undefined, plans: unread, bases: unread }));

/** What each customer earned, read as the grid comes to it. */
export const customers = createPaged<Question, Answer, CustomerShare>(async (question, offset, limit) => {
  const { shares, ...answer } = await call('incentives.customers', { ...question, offset, limit });
  return { answer, rows: shares };
});

const plansTurn = newTurn();
const basesTurn = newTurn();
/** Reads the month's plans, and what its requests rest on; what is there of the same month stays meanwhile. */
export function openIncentives(cycle: string): void {
  const before = incentives.getState();
  const same = before.cycle === cycle;
  if (!same) incentives.setState({ cycle, plans: unread, bases: unread });
  const { plans, bases } = incentives.getState();
  const read = async () => {
    const value = await call('incentives.plans', { billingCycle: cycle });
    const { question } = customers.store.getState();
    if (question?.billingCycle === cycle) customers.again();
    else customers.ask({ billingCycle: cycle, sort: 'difference', descending: true });
    return value;
  };
  void load(plansTurn, plans, read, (l) => incentives.setState({ plans: l }));
  void load(basesTurn, bases, () => readBases(cycle), (l) => incentives.setState({ bases: l })); // prettier-ignore
}

async function readBases(billingCycle: string): Promise<Basis[]> {
  const { requests } = await call('requests.list', { billingCycle });
  const found: Basis[] = [];
  for (const { requestId } of requests) found.push((await call('requests.basis', { requestId })).basis);
  return found;
}

/** Changes a part of the question about customers; the rest of it stays. */
export function askCustomers(part: Partial<Question>): void {
  const { question } = customers.store.getState();
  if (question) customers.ask({ ...question, ...part });
}

export function startIncentives(): void {
  listen('changed', ({ areas }) => {
    const { cycle } = incentives.getState();
    // A month is read again when somebody comes back to it; the one in view at once.
    if (cycle !== undefined && location.hash.startsWith('#/incentives') && areas.some((a) => a === 'months' || a === 'imports'))
      openIncentives(cycle);
  });
}

export const useIncentives = <T>(select: (s: Incentives) => T): T => useStore(incentives, select);
export const useCustomers = <T>(select: (s: Paged<Question, Answer, CustomerShare>) => T): T => useStore(customers.store, select);
