import { App as Messages, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { MatchDialog } from './components/MatchDialog.tsx';
import { Frame } from './Frame.tsx';
import { DataPage } from './pages/data/DataPage.tsx';
import { DisputesPage } from './pages/disputes/DisputesPage.tsx';
import { FindingsPage } from './pages/findings/FindingsPage.tsx';
import { ImportPage } from './pages/import/ImportPage.tsx';
import { IncentivesPage } from './pages/incentives/IncentivesPage.tsx';
import { InvoicesPage } from './pages/invoices/InvoicesPage.tsx';
import { MonthPage } from './pages/month/MonthPage.tsx';
import { ReconcilePage } from './pages/reconcile/ReconcilePage.tsx';
import { SettingsPage } from './pages/settings/SettingsPage.tsx';
import type { Page } from './routes.ts';
import { useLanguage, useSession } from './stores/session.ts';
import { theme } from './styles/theme.ts';

const views: Record<Page, () => React.JSX.Element> = {
  month: MonthPage,
  import: ImportPage,
  reconcile: ReconcilePage,
  findings: FindingsPage,
  disputes: DisputesPage,
  incentives: IncentivesPage,
  invoices: InvoicesPage,
  data: DataPage,
  settings: SettingsPage,
};

/** The whole window: language, look, frame and the page in view. */
export function App() {
  const language = useLanguage();
  const View = views[useSession((s) => s.route.page)];
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} componentSize="small" button={{ autoInsertSpace: false }}>
      <Messages component={false} message={{ maxCount: 3 }}>
        <Frame>
          <View />
        </Frame>
        <MatchDialog />
      </Messages>
    </ConfigProvider>
  );
}
