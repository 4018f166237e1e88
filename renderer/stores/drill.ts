import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, type CallFailed } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

type Groups = Output<'bridge.groups'>;
export type Group = Groups['groups'][number];
export type GroupRows = Output<'bridge.rows'>;
/** What is looked into: a pair, one of its steps or places (neither: every place), and how the list is filtered and sorted. */
export type Question = Pick<Input<'bridge.groups'>, 'billingCycle' | 'pair' | 'step' | 'place' | 'search' | 'sort' | 'descending'>;

/** Groups are read in chunks as the grid comes to them. */
const chunkSize = 200;
interface Drill {
  readonly question: Question | undefined;
  /** Of all groups that answer the question; undefined until the first answer. */
  readonly answer: Omit<Groups, 'groups'> | undefined;
  readonly chunks: ReadonlyMap<number, readonly Group[]>;
  readonly error: CallFailed | undefined;
  readonly range: { readonly anchor: number; readonly cursor: number };
  readonly openId: number | undefined;
  readonly rows: Loadable<GroupRows>;
}

const nowhere = { range: { anchor: 0, cursor: 0 }, openId: undefined, rows: unread };
const blank = { answer: undefined, chunks: new Map<number, readonly Group[]>(), error: undefined };
export const drill = createStore<Drill>(() => ({ question: undefined, ...blank, ...nowhere }));

let generation = 0;
const asked = new Map<number, Promise<void>>();
let visible = { first: 0, last: 0 };

function readChunk(chunk: number): Promise<void> {
  const reading = asked.get(chunk) ?? askChunk(chunk);
  asked.set(chunk, reading);
  return reading;
}

async function askChunk(chunk: number): Promise<void> {
  const { question } = drill.getState();
  if (!question) return;
  const mine = generation;
  try {
    const { groups, ...answer } = await call('bridge.groups', { ...question, offset: chunk * chunkSize, limit: chunkSize });
    if (mine !== generation) return;
    const end = Math.max(0, answer.total - 1);
    drill.setState((s) => ({
      answer,
      chunks: new Map(s.answer?.total === answer.total ? s.chunks : []).set(chunk, groups),
      range: { anchor: Math.min(s.range.anchor, end), cursor: Math.min(s.range.cursor, end) },
      error: undefined,
    }));
  } catch (error) {
    if (mine === generation) drill.setState({ ...blank, ...nowhere, error: asFailure(error) });
  }
}

/** Reads every group of a range, also those that were never in view. */
export async function readGroups(first: number, last: number): Promise<void> {
  for (let chunk = Math.floor(first / chunkSize); chunk <= Math.floor(last / chunkSize); chunk++) await readChunk(chunk);
}

/** Reads the chunks of the groups in view. */
export function ensureGroups(first: number, last: number): void {
  visible = { first, last };
  for (let chunk = Math.floor(first / chunkSize); chunk <= Math.floor(last / chunkSize); chunk++) void readChunk(chunk);
}

/** Asks; the list starts at its top. Of the same pair the counts stay until the new answer is here. */
export function lookInto(question: Question): void {
  const { question: before, answer } = drill.getState();
  const same = before?.pair === question.pair && before.billingCycle === question.billingCycle;
  generation++;
  asked.clear();
  drill.setState({ ...blank, ...nowhere, question, chunks: new Map(), answer: same && answer ? { ...answer, total: 0 } : undefined });
  ensureGroups(0, 0);
}

/** Asks the last question once more, after it failed or when the list comes back into view; its place stays. */
export function lookAgain(): void {
  const { question, answer } = drill.getState();
  if (!question) return;
  if (!answer) return lookInto(question);
  generation++;
  asked.clear();
  // A run since may have numbered the groups anew: the grid opens the one under its cursor.
  drill.setState({ openId: undefined, rows: unread, error: undefined });
  ensureGroups(visible.first, visible.last);
}

export const groupAt = (s: Drill, index: number): Group | undefined => s.chunks.get(Math.floor(index / chunkSize))?.[index % chunkSize];

export function moveToGroup(index: number, extend: boolean): void {
  drill.setState((s) => ({ range: { anchor: extend ? s.range.anchor : index, cursor: index } }));
}

const rows = newTurn();
/** Opens one group beside the list and reads the rows of both its sides. */
export function openGroup(id: number): void {
  const { question, openId, rows: before } = drill.getState();
  if (!question) return;
  drill.setState({ openId: id });
  void load(
    rows,
    openId === id ? before : unread,
    () => call('bridge.rows', { billingCycle: question.billingCycle, pair: question.pair, group: id }),
    (l) => drill.setState({ rows: l }),
  );
}

export const useDrill = <T>(select: (s: Drill) => T): T => useStore(drill, select);
