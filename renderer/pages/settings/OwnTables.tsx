import { App as Messages, Button } from 'antd';
import { useEffect, useState } from 'react';
import { call, fileFailure } from '../../api.ts';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import type { Kind } from '../../../electron/core/kinds.ts';
import { loadHistory, useImports } from '../../stores/imports.ts';
import { jobs } from '../../stores/jobs.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { fileName, kindName } from '../../texts/names.ts';

/** The tables that the portal does not export: what each is for, whether it is here, and an empty one to fill in. */
export function OwnTables() {
  const t = useTexts();
  useEffect(() => void loadHistory(), []);
  return (
    <Section
      title={t.ownTables.title}
      hint={t.ownTables.hint}
      extra={
        <Button type="link" onClick={() => go('import')}>
          {t.ownTables.import}
        </Button>
      }
    >
      <table className="table own-tables">
        <thead>
          <tr>
            <th>{t.ownTables.columns.table}</th>
            <th>{t.ownTables.columns.state}</th>
            <th>{t.ownTables.columns.file}</th>
            <th>{t.ownTables.columns.why}</th>
            <th aria-label={t.ownTables.empty} />
          </tr>
        </thead>
        <tbody>
          {(Object.keys(t.ownTables.why) as (keyof typeof t.ownTables.why)[]).map((kind) => (
            <Row key={kind} kind={kind} why={t.ownTables.why[kind]} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Row({ kind, why }: { readonly kind: Kind; readonly why: string }) {
  const t = useTexts();
  const language = useLanguage();
  const { message } = Messages.useApp();
  const [busy, setBusy] = useState(false);
  const history = useImports((s) => s.history.value);
  const files = history?.filter((h) => !h.undone && (h.kinds ?? [h.kind]).includes(kind)).map((h) => fileName(h.path)) ?? [];
  const save = async () => {
    setBusy(true);
    try {
      const { token, name } = await call('templates.get', { kind });
      if (await window.hezhang.files.save(token, name)) void message.success(t.closing.saved(name));
    } catch (error) {
      jobs.setState({ error: fileFailure(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <tr>
      <td className="nowrap">{kindName(kind, language)}</td>
      <td>
        {history && (
          <StateTag tone={files.length > 0 ? 'good' : 'quiet'}>{t.month.state[files.length > 0 ? 'present' : 'missing']}</StateTag>
        )}
      </td>
      <td className="cut own-file" title={files.join('\n')}>
        {files.length > 1 ? t.month.manyFiles(files[0]!, files.length) : files[0]}
      </td>
      <td className="quiet">{why}</td>
      <td>
        <Button loading={busy} aria-label={`${t.ownTables.empty} ${kindName(kind, language)}`} onClick={() => void save()}>
          {t.ownTables.empty}
        </Button>
      </td>
    </tr>
  );
}
