import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { reconcile, run } from './jobs.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

export type Match = Output<'match.list'>['matches'][number];
type Tried = Output<'match.preview'>;
/** A finding as far as a join shows it. */
export type Part = Pick<Output<'findings.page'>['findings'][number], 'key' | 'code' | 'billingCycle' | 'accountName' | 'customerId' | 'tradeId' | 'productType' | 'difference'>; // prettier-ignore
/** What is being decided: which findings' rows go together, which stand alone, or which match is taken back. */
export type Draft =
  { readonly action: 'join' | 'split'; readonly parts: readonly Part[] } | { readonly action: 'undo'; readonly match: Match };

interface Matching {
  readonly draft: Draft | undefined;
  /** The dialog is open; a join is also collected while it is closed. */
  readonly open: boolean;
  readonly tried: Tried | undefined;
  /** As typed; it stays while more findings are chosen. */
  readonly reason: string;
  readonly list: Loadable<readonly Match[]>;
}

export const matching = createStore<Matching>(() => ({ draft: undefined, open: false, tried: undefined, reason: '', list: unread }));
const draftOf = (draft: Draft | undefined, open = true): void => matching.setState({ draft, open, tried: undefined, reason: '' });
/** The same draft with other parts. */
const partsOf = (parts: readonly Part[]): void => matching.setState({ draft: { action: 'join', parts }, open: true, tried: undefined });

/** Adds findings to the join that is being collected (of one month), and shows it. */
export function collect(parts: readonly Part[]): void {
  const { draft } = matching.getState();
  const cycle = parts[0]?.billingCycle;
  const before = draft?.action === 'join' ? draft.parts.filter((p) => p.billingCycle === cycle) : [];
  const known = new Set(before.map((p) => p.key));
  if (before.length === 0) matching.setState({ reason: '' });
  partsOf([...before, ...parts.filter((p) => !known.has(p.key))]);
}
export const startSplit = (part: Part): void => draftOf({ action: 'split', parts: [part] });
export const startUndo = (match: Match): void => draftOf({ action: 'undo', match });
export function removePart(key: string): void {
  const { draft } = matching.getState();
  if (draft?.action === 'join') partsOf(draft.parts.filter((p) => p.key !== key));
}
export const typeReason = (reason: string): void => matching.setState({ reason });
/** Closes the dialog; what was collected for a join stays until it is kept or dropped. */
export const closeDialog = (): void => matching.setState((s) => ({ open: false, draft: s.draft?.action === 'join' ? s.draft : undefined }));
export const dropDraft = (): void => draftOf(undefined, false);

const cycleOf = (draft: Draft): string => (draft.action === 'undo' ? draft.match.billingCycle : (draft.parts[0]?.billingCycle ?? ''));

/** Asks what it would change; a failure stands in the jobs store. */
export async function tryMatch(): Promise<void> {
  const { draft } = matching.getState();
  if (!draft) return;
  const tried = await run('preview', () =>
    call('match.preview', draft.action === 'undo' ? { undo: draft.match.id } : { action: draft.action, ...saidOf(draft) }),
  );
  if (tried && matching.getState().draft === draft) matching.setState({ tried });
}

/** Keeps it and reconciles its month; a failure stands in the jobs store and the dialog stays. */
export async function keepMatch(): Promise<void> {
  const { draft, reason } = matching.getState();
  if (!draft) return;
  const kept = await run('preview', () =>
    draft.action === 'undo' ? call('match.undo', { id: draft.match.id }) : call(`match.${draft.action}`, { ...saidOf(draft), reason }),
  );
  if (!kept) return;
  dropDraft();
  await reconcile(cycleOf(draft));
}

const saidOf = (draft: Extract<Draft, { parts: unknown }>): Pick<Input<'match.join'>, 'billingCycle' | 'findings'> => ({
  billingCycle: cycleOf(draft),
  findings: draft.parts.map((p) => p.key),
});

const turn = newTurn();
let listed: string | undefined;
/** Reads every join and split of a month, undone ones too. */
export function loadMatches(cycle: string): void {
  const before = listed === cycle ? matching.getState().list : unread;
  listed = cycle;
  void load(
    turn,
    before,
    async () => (await call('match.list', { billingCycle: cycle })).matches,
    (list) => matching.setState({ list }),
  );
}

export function startMatching(): void {
  listen('changed', ({ areas }) => {
    if (listed !== undefined && areas.some((a) => a === 'months' || a === 'findings' || a === 'imports')) loadMatches(listed);
  });
}
export const useMatching = <T>(select: (s: Matching) => T): T => useStore(matching, select);
