import { App as Messages, Button } from 'antd';
import { useEffect } from 'react';
import { asFailure } from '../../api.ts';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { imports } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { forgetMapping, loadMappings, useMappings } from '../../stores/mappings.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { kindName } from '../../texts/names.ts';
import { useFieldName } from './field-names.ts';

/** Columns that were mapped by hand and are applied to the next file with the same header; nothing where there are none. */
export function RememberedMappings() {
  const t = useTexts();
  const language = useLanguage();
  const list = useMappings((s) => s.list.value);
  const nameOf = useFieldName();
  const busy = useJobs((s) => s.running !== undefined);
  const { modal } = Messages.useApp();
  useEffect(() => void loadMappings(), []);
  if (!list || list.length === 0) return null;
  const c = t.imports.rememberedColumns;
  const ask = (signature: string) =>
    void modal.confirm({
      title: t.imports.forgetTitle,
      content: t.imports.forgetText,
      okText: t.imports.forget,
      cancelText: t.common.cancel,
      onOk: () => forgetMapping(signature).catch((error: unknown) => imports.setState({ error: asFailure(error) })),
    });
  return (
    <Section title={t.imports.remembered} className="history">
      <div className="scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{c.at}</th>
              <th>{c.kind}</th>
              <th>{c.version}</th>
              <th>{c.columns}</th>
              <th>{c.action}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((m) => (
              <tr key={`${m.signature}:${m.version}`} className={m.applied ? '' : 'gone'}>
                <td className="number-left">{m.at}</td>
                <td>{kindName(m.kind, language)}</td>
                <td>{t.imports.rememberedVersion(m.version)}</td>
                <td className="cut file-name" title={m.header.join(' | ')}>
                  {Object.entries(m.columns)
                    .map(([label, field]) => `${label} → ${field === null ? t.imports.notRead : nameOf(m.kind, field)}`)
                    .join('　')}
                </td>
                <td>
                  {m.applied ? (
                    <Button type="link" className="in-row" disabled={busy} onClick={() => ask(m.signature)}>
                      {t.imports.forget}
                    </Button>
                  ) : (
                    <StateTag tone="quiet">{t.imports.rememberedOld}</StateTag>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
