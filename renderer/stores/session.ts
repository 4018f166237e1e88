import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, listen } from '../api.ts';
import type { Output } from '../../electron/contract.ts';
import { readRoute, writeRoute, type Page, type Route } from '../routes.ts';
import { en } from '../texts/en.ts';
import type { Language } from '../texts/names.ts';
import { zh, type Texts } from '../texts/zh.ts';
import { load, newTurn, unread, type Loadable } from './loadable.ts';

type Months = Output<'months.list'>['months'];
interface Session {
  readonly language: Language;
  readonly route: Route;
  readonly months: Loadable<Months>;
  /** The month every page looks at: the route's, else the latest that has data. */
  readonly cycle: string | undefined;
}

const languageKey = 'hezhang.language';
const remembered = (): Language => (localStorage.getItem(languageKey) === 'en' ? 'en' : 'zh');

export const session = createStore<Session>(() => ({
  language: remembered(),
  route: readRoute(location.hash),
  months: unread,
  cycle: readRoute(location.hash).cycle,
}));

const months = newTurn();
/** Reads the list of months; the latest becomes the month in view where none was chosen. */
export const loadMonths = (): Promise<void> =>
  load(
    months,
    session.getState().months,
    async () => (await call('months.list', {})).months.toSorted((a, b) => (a.billingCycle < b.billingCycle ? 1 : -1)),
    (list) => session.setState((s) => ({ months: list, cycle: s.cycle ?? list.value?.[0]?.billingCycle })),
  );

/** The month that was gone to last: the address is a step ahead of the session, which follows its event. */
export const cycleAhead = (): string | undefined => readRoute(location.hash).cycle ?? session.getState().cycle;

/** Goes to a page; the month stays unless another is given. */
export function go(page: Page, to: { cycle?: string | undefined; params?: Record<string, string> } = {}): void {
  const cycle = to.cycle ?? cycleAhead();
  location.hash = writeRoute({ page, ...(cycle === undefined ? {} : { cycle }), params: to.params ?? {} });
}

/** Goes to another month of the page in view; only the bridge in view stays chosen. */
export function goToMonth(cycle: string): void {
  const { page, params } = readRoute(location.hash);
  go(page, { cycle, params: page === 'reconcile' ? params : {} });
}

export function setLanguage(language: Language): void {
  localStorage.setItem(languageKey, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  session.setState({ language });
}

/** Starts listening and reads what every page needs; once per window. */
export function startSession(): void {
  document.documentElement.lang = session.getState().language === 'zh' ? 'zh-CN' : 'en';
  window.addEventListener('hashchange', () => {
    const route = readRoute(location.hash);
    session.setState((s) => ({ route, cycle: route.cycle ?? s.cycle }));
  });
  listen('changed', ({ areas }) => {
    if (areas.some((a) => a === 'imports' || a === 'months' || a === 'findings' || a === 'settings')) void loadMonths();
  });
  void loadMonths();
  // The language belongs to the workspace; the page's own memory only spares the first paint from changing.
  call('settings.get', {}).then(
    ({ settings }) => {
      const language = settings.find((s) => s.key === 'language')?.value;
      if (language === 'zh' || language === 'en') setLanguage(language);
    },
    (error: unknown) => console.error(error),
  );
}

export const useSession = <T>(select: (s: Session) => T): T => useStore(session, select);
export const useLanguage = (): Language => useSession((s) => s.language);
export const useTexts = (): Texts => (useLanguage() === 'zh' ? zh : en);
/** The words outside of React (messages, stores). */
export const texts = (): Texts => (session.getState().language === 'zh' ? zh : en);
