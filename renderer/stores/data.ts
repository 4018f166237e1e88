import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { go } from './session.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type FoundRow = Output<'data.search'>['rows'][number];
export type DataRow = Output<'data.row'>;
type Question = Input<'data.search'>;
/** Fewer characters are in nearly every row. */
export const shortest = 2;
interface Data {
  readonly text: string;
  /** Only the month in view, instead of all. */
  readonly oneMonth: boolean;
  readonly question: Question | undefined;
  readonly found: Loadable<Output<'data.search'>>;
  readonly range: { readonly anchor: number; readonly cursor: number };
  readonly openRow: string | undefined;
  readonly row: Loadable<DataRow>;
}

const nowhere = { range: { anchor: 0, cursor: 0 }, openRow: undefined, row: unread };
export const data = createStore<Data>(() => ({ text: '', oneMonth: false, question: undefined, found: unread, ...nowhere }));

const searching = newTurn();
const opening = newTurn();

/** Searches for a text, in all months or in one; the list starts at its top. Too short a text shows nothing. */
export function searchFor(text: string, oneMonth: boolean, cycle: string | undefined): void {
  const billingCycle = oneMonth ? cycle : undefined;
  const trimmed = text.trim();
  const question = trimmed.length < shortest ? undefined : { text: trimmed, ...(billingCycle !== undefined && { billingCycle }) };
  const { question: before, found } = data.getState();
  data.setState({ text, oneMonth });
  if (!found.error && question?.text === before?.text && question?.billingCycle === before?.billingCycle) return;
  data.setState({ question, found: unread, ...nowhere });
  if (question) ask(question);
}

function ask(question: Question): void {
  void load(
    searching,
    data.getState().found,
    () => call('data.search', question),
    (found) => data.setState({ found }),
  );
}

/** Looks a text up in all statements, from wherever the person is. */
export function lookUp(text: string): void {
  searchFor(text, false, undefined);
  go('data', { params: { q: text } });
}

export const searchAgain = (): void => {
  const { question } = data.getState();
  if (question) ask(question);
};

export const moveToRow = (index: number, extend: boolean): void =>
  data.setState((s) => ({ range: { anchor: extend ? s.range.anchor : index, cursor: index } }));

/** Opens one row beside the list, as it stands in its file. */
export function openRow(row: string): void {
  const before = data.getState();
  data.setState({ openRow: row });
  void load(
    opening,
    before.openRow === row ? before.row : unread,
    () => call('data.row', { row }),
    (l) => data.setState({ row: l }),
  );
}

export function startData(): void {
  listen('changed', ({ areas }) => {
    if (areas.includes('imports')) searchAgain();
  });
}

export const useData = <T>(select: (s: Data) => T): T => useStore(data, select);
