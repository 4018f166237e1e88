import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';
import { createPaged, type Paged } from './paged.ts';

type Groups = Output<'bridge.groups'>;
export type Group = Groups['groups'][number];
export type GroupRows = Output<'bridge.rows'>;
/** What is looked into: a pair, one of its steps or places (neither: every place), and how the list is filtered and sorted. */
export type Question = Pick<Input<'bridge.groups'>, 'billingCycle' | 'pair' | 'step' | 'place' | 'search' | 'sort' | 'descending'>;
type Answer = Omit<Groups, 'groups'>;

/** The groups behind a bridge, read as the grid comes to them. */
export const drill = createPaged<Question, Answer, Group>(async (question, offset, limit) => {
  const { groups, ...answer } = await call('bridge.groups', { ...question, offset, limit });
  return { answer, rows: groups };
});

interface OpenGroup {
  readonly openId: number | undefined;
  readonly rows: Loadable<GroupRows>;
}
const nothing: OpenGroup = { openId: undefined, rows: unread };
/** The group beside the list, and the rows of both its sides. */
export const opened = createStore<OpenGroup>(() => nothing);

/** Asks; the list starts at its top. Of the same pair the counts stay until the new answer is here. */
export function lookInto(question: Question): void {
  const { question: before } = drill.store.getState();
  if (before?.pair !== question.pair || before.billingCycle !== question.billingCycle) drill.store.setState({ answer: undefined });
  opened.setState(nothing);
  drill.ask(question);
}

/** Asks the last question once more, after it failed or when the list comes back into view; its place stays. */
export function lookAgain(): void {
  const { question, answer } = drill.store.getState();
  if (!question) return;
  // A run since may have numbered the groups anew: the grid opens the one under its cursor.
  opened.setState(nothing);
  if (answer) drill.again();
  else drill.ask(question);
}

const rows = newTurn();
/** Opens one group beside the list and reads the rows of both its sides. */
export function openGroup(id: number): void {
  const { question } = drill.store.getState();
  const { openId, rows: before } = opened.getState();
  if (!question) return;
  opened.setState({ openId: id });
  void load(
    rows,
    openId === id ? before : unread,
    () => call('bridge.rows', { billingCycle: question.billingCycle, pair: question.pair, group: id }),
    (l) => opened.setState({ rows: l }),
  );
}

export const useDrill = <T>(select: (s: Paged<Question, Answer, Group>) => T): T => useStore(drill.store, select);
export const useOpened = <T>(select: (s: OpenGroup) => T): T => useStore(opened, select);
