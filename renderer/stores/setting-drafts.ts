import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import { reconcile, run } from './jobs.ts';
import { saveSetting, type Setting } from './settings.ts';

interface Drafts {
  /** Values that differ from the stored ones and are not kept yet, by key. */
  readonly values: Readonly<Record<string, string>>;
  /** What they would change; absent until it was asked for, and again after another edit. */
  readonly tried: Output<'settings.preview'> | undefined;
}

const none: Drafts = { values: {}, tried: undefined };
export const drafts = createStore<Drafts>(() => none);

/** Remembers an edit without keeping it; going back to the stored value forgets it. */
export function draftSetting({ key, value: stored }: Setting, value: string): void {
  const { [key]: _before, ...rest } = drafts.getState().values;
  drafts.setState({ values: value === stored ? rest : { ...rest, [key]: value }, tried: undefined });
}

const changes = (): { key: string; value: string }[] => Object.entries(drafts.getState().values).map(([key, value]) => ({ key, value }));

/** Asks what the edits would change in a month; a failure stands in the window's own notice. */
export async function previewDrafts(cycle: string): Promise<void> {
  const asked = drafts.getState().values;
  const tried = await run('preview', () => call('settings.preview', { changes: changes(), billingCycles: [cycle] }));
  if (tried && drafts.getState().values === asked) drafts.setState({ tried });
}

/** Keeps the edits one by one, and reconciles `cycle` with them where one is given. Throws CallFailed; what was kept by then stays kept. */
export async function keepDrafts(cycle: string | undefined): Promise<void> {
  for (const { key, value } of changes()) {
    await saveSetting(key, value);
    const { [key]: _kept, ...rest } = drafts.getState().values;
    drafts.setState({ values: rest });
  }
  drafts.setState(none);
  if (cycle !== undefined) await reconcile(cycle);
}

/** The edits stay, what they would change is to be asked for again. */
export const forgetTrial = (): void => drafts.setState({ tried: undefined });
export const discardDrafts = (): void => drafts.setState(none);
export const useDrafts = <T>(select: (d: Drafts) => T): T => useStore(drafts, select);
