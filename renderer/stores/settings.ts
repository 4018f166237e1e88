import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';
import { setLanguage } from './session.ts';

export type Setting = Output<'settings.get'>['settings'][number];
interface Settings {
  readonly settings: Loadable<readonly Setting[]>;
  readonly about: Loadable<Output<'app.about'>>;
}

export const settings = createStore<Settings>(() => ({ settings: unread, about: unread }));
const turns = { settings: newTurn(), about: newTurn() };

export function loadSettings(): void {
  const s = settings.getState();
  void load(
    turns.settings,
    s.settings,
    async () => (await call('settings.get', {})).settings,
    (list) => settings.setState({ settings: list }),
  );
  void load(
    turns.about,
    s.about,
    () => call('app.about', {}),
    (about) => settings.setState({ about }),
  );
}

/** Stores one setting. Throws CallFailed where the app refuses the value. */
export async function saveSetting(key: string, value: string): Promise<void> {
  await call('settings.set', { key, value });
  if (key === 'language' && (value === 'zh' || value === 'en')) setLanguage(value);
  loadSettings();
}

export const useSettings = <T>(select: (s: Settings) => T): T => useStore(settings, select);
