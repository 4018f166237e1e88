import { App as Messages, Skeleton } from 'antd';
import { useEffect } from 'react';
import { asFailure } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { jobs } from '../../stores/jobs.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { draftSetting, useDrafts } from '../../stores/setting-drafts.ts';
import { loadSettings, saveSetting, useSettings, type Setting } from '../../stores/settings.ts';
import { isSettingKey, outwardSettings, settingRules } from '../../../electron/core/settings.ts';
import { Backup } from './Backup.tsx';
import { OwnTables } from './OwnTables.tsx';
import { PendingSettings } from './PendingSettings.tsx';
import { SettingField } from './SettingField.tsx';

const company = new Set(['sellerName', 'sellerTaxNumber', 'financeContact', 'financePhone', 'senderAddress']);

/** 设置: the company, the rules of its contract with where each default comes from, the language. */
export function SettingsPage() {
  const t = useTexts();
  const settings = useSettings((s) => s.settings);
  useEffect(loadSettings, []);
  if (settings.error) return <ErrorNotice error={settings.error} onRetry={loadSettings} />;
  if (!settings.value) return <Skeleton active paragraph={{ rows: 12 }} />;
  const all = settings.value;
  return (
    <div className="settings">
      <Group title={t.settings.company} hint={t.settings.companyHint} settings={all.filter((s) => company.has(s.key))} />
      <Group
        title={t.settings.rules}
        hint={t.settings.rulesHint}
        settings={all.filter((s) => !company.has(s.key) && s.key !== 'language')}
      />
      <OwnTables />
      <Group title={t.settings.view} settings={all.filter((s) => s.key === 'language')} />
      <Backup />
      <About />
      <PendingSettings />
    </div>
  );
}

function Group({ title, hint, settings }: { readonly title: string; readonly hint?: string; readonly settings: readonly Setting[] }) {
  const t = useTexts();
  const { message } = Messages.useApp();
  const save = (key: string, value: string) =>
    saveSetting(key, value).then(
      () => void message.success(t.settings.saved),
      (error: unknown) => jobs.setState({ error: asFailure(error) }),
    );
  const names: Record<string, string> = t.settings.names;
  const values = useDrafts((d) => d.values);
  const anyMonth = useSession((s) => (s.months.value?.length ?? 0) > 0);
  // What no check reads, and anything before the first month, has nothing to preview.
  const edit = (s: Setting, value: string) => {
    if (!anyMonth || !isSettingKey(s.key) || outwardSettings.includes(s.key)) void save(s.key, value);
    else if (settingRules[s.key].read(value) === undefined) void message.error(t.settings.refused(names[s.key] ?? s.key, s.accepts));
    else draftSetting(s, value);
  };
  return (
    <Section title={title} hint={hint}>
      <table className="table settings-table">
        <tbody>
          {settings.map((s) => (
            <tr key={s.key}>
              <td className="setting-name">
                <label htmlFor={`setting-${s.key}`}>{names[s.key] ?? s.key}</label>
              </td>
              <td className="setting-value">
                <SettingField
                  key={values[s.key] ?? s.value}
                  setting={{ ...s, value: values[s.key] ?? s.value }}
                  onSave={(value) => edit(s, value)}
                  unsaved={values[s.key] !== undefined}
                />
              </td>
              <td className="quiet">{company.has(s.key) ? '' : (t.settings.sources[s.key] ?? s.source)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function About() {
  const t = useTexts();
  const about = useSettings((s) => s.about);
  return (
    <Section title={t.settings.about}>
      <div className="pad">
        {about.value && (
          <p>
            {t.app.name} {about.value.version}　SQLite {about.value.sqlite}　Node {about.value.node}
            <br />
            {t.settings.workspace}
            {t.common.colon}
            <code className="code">{about.value.workspace}</code>
          </p>
        )}
        {about.error && <ErrorNotice error={about.error} onRetry={loadSettings} />}
        <p className="quiet">{t.settings.offline}</p>
      </div>
    </Section>
  );
}
