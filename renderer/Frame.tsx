import {
  AlertOutlined,
  AppstoreOutlined,
  FileTextOutlined,
  ImportOutlined,
  PercentageOutlined,
  SearchOutlined,
  SendOutlined,
  SettingOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { App as Messages, Segmented } from 'antd';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { asFailure } from './api.ts';
import { ErrorNotice } from './components/ErrorNotice.tsx';
import { FileDrop } from './components/FileDrop.tsx';
import { JobBar } from './components/JobBar.tsx';
import { MonthPicker } from './components/MonthPicker.tsx';
import { ReconcileButton } from './components/ReconcileButton.tsx';
import { pages, type Page } from './routes.ts';
import { dismissJobError, jobs, reconcile, useJobs } from './stores/jobs.ts';
import { cycleAhead, go, texts, useLanguage, useSession, useTexts } from './stores/session.ts';
import { saveSetting } from './stores/settings.ts';

const icons: Record<Page, ReactNode> = {
  month: <AppstoreOutlined />,
  import: <ImportOutlined />,
  reconcile: <SwapOutlined />,
  findings: <AlertOutlined />,
  disputes: <SendOutlined />,
  incentives: <PercentageOutlined />,
  invoices: <FileTextOutlined />,
  data: <SearchOutlined />,
  settings: <SettingOutlined />,
};

/** The search field of the page in view takes the keys; answers false where it has none. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('#page [role=search] input:not([role])');
  field?.focus();
  field?.select();
  return field !== null;
}

/** F5 and Ctrl+Enter reconcile; Alt+1 … Alt+9 go to the pages; Ctrl+F searches the page, where only the rows in view exist for the browser. */
function useShortcuts() {
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const page = e.altKey && !e.ctrlKey ? pages[Number(e.key) - 1] : undefined;
      const cycle = cycleAhead();
      if (page) go(page);
      else if (e.key.toLowerCase() === 'f' && (e.ctrlKey || e.metaKey) && !e.shiftKey && focusSearch()) e.preventDefault();
      else if (e.key === 'F5' || (e.key === 'Enter' && e.ctrlKey)) {
        if (cycle !== undefined && jobs.getState().running === undefined) void reconcile(cycle);
      } else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Every page begins at its top. */
function useTopOfPage(page: Page) {
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [page]);
  return main;
}

/** Says how many findings a reconciliation of this window found, wherever the person is by then. */
function useEndMessage() {
  const { message } = Messages.useApp();
  const found = useJobs((s) => s.found);
  useEffect(() => {
    if (found === undefined) return;
    void message.success(texts().jobs.doneFindings(found));
    jobs.setState({ found: undefined });
  }, [found, message]);
}

/** What stays around every page: navigation, month, the one button, progress, the last job's failure. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const language = useLanguage();
  const page = useSession((s) => s.route.page);
  const error = useJobs((s) => s.error);
  useShortcuts();
  useEndMessage();
  const main = useTopOfPage(page);
  return (
    <div className="frame">
      <nav className="nav" aria-label={t.nav.label}>
        <div className="brand">{t.app.name}</div>
        {pages.map((p, i) => (
          <button
            key={p}
            type="button"
            className={p === page ? 'nav-item here' : 'nav-item'}
            aria-current={p === page ? 'page' : undefined}
            title={`Alt+${i + 1}`}
            onClick={() => go(p)}
          >
            <span className="nav-icon" aria-hidden>
              {icons[p]}
            </span>
            <span>{t.nav[p]}</span>
          </button>
        ))}
        <div className="nav-foot">
          <Segmented
            aria-label={t.common.language}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'EN' },
            ]}
            value={language}
            onChange={(to) => void saveSetting('language', to).catch((e: unknown) => jobs.setState({ error: asFailure(e) }))}
          />
        </div>
      </nav>
      <header className="top">
        <MonthPicker />
        <div className="top-end">
          <ReconcileButton />
        </div>
      </header>
      <main ref={main} className="page" id="page">
        {error && <ErrorNotice error={error} onClose={dismissJobError} />}
        {children}
      </main>
      <JobBar />
      <FileDrop />
    </div>
  );
}
