import { useStore } from 'zustand';
import { call, listen } from '../api.ts';
import type { Input, Output } from '../../electron/contract.ts';
import { createPaged, type Paged } from './paged.ts';

type Page = Output<'disputes.page'>;
export type Dispute = Page['findings'][number];
export type Answer = Omit<Page, 'findings' | 'at'>;
/** What is looked at: the disputes of a month or of all, in one view, how they are sorted, and the one to be shown first. */
export type Question = Omit<Input<'disputes.page'>, 'offset' | 'limit'>;

/** The disputes of the page, read as its grid comes to them. */
export const disputes = createPaged<Question, Answer, Dispute>(async (question, offset, limit) => {
  const { findings, at, ...answer } = await call('disputes.page', { ...question, offset, limit });
  return { answer, rows: findings, at };
});

/** Changes a part of the question; the rest of it stays. */
export function askFor(part: Partial<Question>): void {
  const { find: _, ...question } = disputes.store.getState().question ?? {};
  disputes.ask({ ...question, ...part });
}

/** Stores what a person says of disputes; answers how many changed. Throws CallFailed. */
export async function tellOf(said: Input<'findings.mark'>): Promise<number> {
  const { changed } = await call('findings.mark', said);
  disputes.again();
  return changed;
}

export function startDisputes(): void {
  listen('changed', ({ areas }) => {
    if (disputes.store.getState().question !== undefined && (areas.includes('findings') || areas.includes('months'))) disputes.again();
  });
}

export const useDisputes = <T>(select: (s: Paged<Question, Answer, Dispute>) => T): T => useStore(disputes.store, select);
