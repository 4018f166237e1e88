import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { asFailure, call, listen, type CallFailed } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import type { FindingStatus } from '../../electron/core/checks.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

type FindingsPage = Output<'findings.page'>;
export type FindingRow = FindingsPage['findings'][number];
export type Evidence = Output<'findings.evidence'>;
export type Filter = Pick<Input<'findings.page'>, 'code' | 'severity' | 'status' | 'search' | 'sort' | 'descending' | 'carried'>;

/** Rows are read in chunks as the grid comes to them. */
export const chunkSize = 100;
interface Findings {
  readonly cycle: string | undefined;
  readonly filter: Filter;
  readonly total: number | undefined;
  /** Open findings of earlier months. */
  readonly carried: number;
  readonly totalDifference: string;
  /** The day by which ages are counted. */
  readonly today: string;
  readonly counts: readonly FindingsPage['counts'][number][];
  readonly chunks: ReadonlyMap<number, readonly FindingRow[]>;
  readonly error: CallFailed | undefined;
  /** First and last chosen index (a range made with Shift); equal for one row. */
  readonly range: { readonly anchor: number; readonly cursor: number };
  /** The finding in the detail panel; kept by key, so it stays when the list is read again. */
  readonly openKey: string | undefined;
  /** The detail panel follows the cursor; not while it shows a finding that another page asked for. */
  readonly follows: boolean;
  readonly evidence: Loadable<Evidence>;
}

const blank = {
  total: undefined,
  carried: 0,
  totalDifference: '0.00000000',
  today: '',
  counts: [],
  chunks: new Map<number, readonly FindingRow[]>(),
  error: undefined,
};
const nowhere = { range: { anchor: 0, cursor: 0 }, openKey: undefined, evidence: unread, follows: true };
export const findings = createStore<Findings>(() => ({ cycle: undefined, filter: {}, ...blank, ...nowhere }));

let generation = 0;
/** Chunks asked for, with the end of reading each. */
const asked = new Map<number, Promise<void>>();
let visible = { first: 0, last: 0 };

function readChunk(chunk: number): Promise<void> {
  const reading = asked.get(chunk) ?? askChunk(chunk);
  asked.set(chunk, reading);
  return reading;
}

async function askChunk(chunk: number): Promise<void> {
  const { cycle, filter, follows, openKey } = findings.getState();
  if (cycle === undefined) return;
  // A finding that another page asked for is looked for in the whole list, and the grid brought to it.
  const find = follows ? undefined : openKey;
  const mine = generation;
  try {
    const page = await call('findings.page', {
      billingCycle: cycle,
      ...filter,
      offset: chunk * chunkSize,
      limit: chunkSize,
      ...(find !== undefined && { find }),
    });
    if (mine !== generation) return;
    findings.setState((s) => {
      const chunks = new Map(s.total === page.total ? s.chunks : []).set(chunk, page.findings);
      const at = s.follows || s.openKey !== find ? undefined : page.at;
      const end = Math.max(0, page.total - 1);
      const range =
        at !== undefined ? { anchor: at, cursor: at } : { anchor: Math.min(s.range.anchor, end), cursor: Math.min(s.range.cursor, end) };
      const { total, carried, totalDifference, today, counts } = page;
      return { total, carried, totalDifference, today, counts, chunks, range, error: undefined };
    });
  } catch (error) {
    if (mine === generation) findings.setState({ ...blank, chunks: new Map(), error: asFailure(error) });
  }
}

/** Reads the chunks of the rows in view. */
export function ensure(first: number, last: number): void {
  visible = { first, last };
  for (let chunk = Math.floor(first / chunkSize); chunk <= Math.floor(last / chunkSize); chunk++) void readChunk(chunk);
}

/** Reads the rows in view again; the old ones stay until the new ones are here. */
export function reread(): void {
  generation++;
  asked.clear();
  ensure(visible.first, visible.last);
}

/** Comes back to the month's findings: filter, place and open finding are as they were left. Answers false where another month was in view. */
export function lookOn(cycle: string): boolean {
  const s = findings.getState();
  if (s.cycle !== cycle || s.error !== undefined) return false;
  reread();
  if (s.openKey !== undefined) openFinding(s.openKey);
  return true;
}

/** Looks at a month with a filter; the list starts at its top, or shows the finding `key` first. */
export function look(cycle: string, filter: Filter, key?: string): void {
  const same = findings.getState().cycle === cycle;
  findings.setState({ cycle, filter, ...(same ? {} : blank), ...nowhere, follows: key === undefined, chunks: new Map(), total: undefined });
  generation++;
  asked.clear();
  if (key !== undefined) openFinding(key);
  ensure(0, 0);
}

export const rowAt = (s: Findings, index: number): FindingRow | undefined =>
  s.chunks.get(Math.floor(index / chunkSize))?.[index % chunkSize];

const evidence = newTurn();
/** Opens a finding in the detail panel and reads the rows of both sides. */
export function openFinding(key: string | undefined): void {
  const before = findings.getState();
  if (key === undefined) {
    findings.setState({ openKey: undefined, evidence: unread });
    return;
  }
  const start = before.openKey === key ? before.evidence : unread;
  findings.setState({ openKey: key });
  void load(
    evidence,
    start,
    () => call('findings.evidence', { key }),
    (e) => findings.setState({ evidence: e }),
  );
}

/** Moves to a row (`extend` keeps the other end of the range). */
export function moveTo(index: number, extend: boolean): void {
  findings.setState((s) => ({ range: { anchor: extend ? s.range.anchor : index, cursor: index }, follows: true }));
}

/** The chosen rows that have been read. */
export function chosenRows(s: Findings): FindingRow[] {
  const [from, to] = [Math.min(s.range.anchor, s.range.cursor), Math.max(s.range.anchor, s.range.cursor)];
  return Array.from({ length: to - from + 1 }, (_, i) => rowAt(s, from + i)).filter((row) => row !== undefined);
}

/** Reads every row of a range, also those that were never in view. */
export async function readRange(first: number, last: number): Promise<void> {
  for (let chunk = Math.floor(first / chunkSize); chunk <= Math.floor(last / chunkSize); chunk++) await readChunk(chunk);
}

/** All rows of a range, those that were never in view too. Throws what refused to read them. */
export async function readRows(range: Findings['range']): Promise<FindingRow[]> {
  await readRange(Math.min(range.anchor, range.cursor), Math.max(range.anchor, range.cursor));
  const s = findings.getState();
  if (s.error) throw s.error;
  return chosenRows({ ...s, range });
}

/** Sets a status, note or owner; answers how many changed. Throws CallFailed. */
export async function mark(keys: string[], change: { status?: FindingStatus; note?: string; owner?: string }): Promise<number> {
  let changed = 0;
  for (let at = 0; at < keys.length; at += keysAtOnce)
    changed += (await call('findings.mark', { keys: keys.slice(at, at + keysAtOnce), ...change })).changed;
  reread();
  const { openKey } = findings.getState();
  if (openKey !== undefined && keys.includes(openKey)) openFinding(openKey);
  return changed;
}
const keysAtOnce = 5000;

/** What the last marking of statuses replaced, to put it back. */
let replaced: readonly FindingRow[] = [];

/** Gives all chosen rows a status, and remembers the ones they had; answers how many changed. Throws CallFailed. */
export async function markChosen(status: FindingStatus): Promise<number> {
  const rows = await readRows(findings.getState().range);
  const changed = await mark(
    rows.map((row) => row.key),
    { status },
  );
  replaced = rows.filter((row) => row.status !== status);
  return changed;
}

/** Puts back the statuses that the last marking replaced, once; answers how many changed. Throws CallFailed. */
export async function undoMark(): Promise<number> {
  const before = Map.groupBy(replaced, (row) => row.status);
  replaced = [];
  let changed = 0;
  for (const [status, rows] of before)
    changed += await mark(
      rows.map((row) => row.key),
      { status },
    );
  return changed;
}

export function startFindings(): void {
  listen('changed', ({ areas }) => {
    const { cycle, openKey } = findings.getState();
    if (!areas.includes('findings') || cycle === undefined) return;
    reread();
    if (openKey !== undefined) openFinding(openKey);
  });
}

export const useFindings = <T>(select: (s: Findings) => T): T => useStore(findings, select);
