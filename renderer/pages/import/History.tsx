import { App as Messages, Button, Skeleton } from 'antd';
import { useEffect } from 'react';
import { asFailure } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import type { Output } from '../../../electron/contract.ts';
import { imports, loadHistory, saveProblems, undo, useImports } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { scopeText } from '../../../electron/core/wording/scope.ts';
import { loadScopes, markableKinds, markOf, startScope, useScopes } from '../../stores/scopes.ts';
import { fileName, kindList } from '../../texts/names.ts';
import { ScopeDialog } from './ScopeDialog.tsx';

type Record = Output<'imports.list'>['imports'][number];

/** What was imported, newest first; each import can be taken back as one unit. */
export function History() {
  const t = useTexts();
  const history = useImports((s) => s.history);
  useEffect(() => {
    void loadHistory();
    loadScopes();
  }, []);
  return (
    <Section title={t.imports.history} className="history">
      {history.error ? (
        <ErrorNotice error={history.error} onRetry={() => void loadHistory()} />
      ) : !history.value ? (
        <div className="pad">
          <Skeleton active title={false} paragraph={{ rows: 4 }} />
        </div>
      ) : history.value.length === 0 ? (
        <p className="pad quiet">{t.imports.historyEmpty}</p>
      ) : (
        <Table records={history.value} />
      )}
      <ScopeDialog />
    </Section>
  );
}

function Table({ records }: { readonly records: readonly Record[] }) {
  const t = useTexts();
  const c = t.imports.historyColumns;
  const sorted = records.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return (
    <div className="scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{c.at}</th>
            <th>{c.path}</th>
            <th>{c.kind}</th>
            <th>{c.cycles}</th>
            <th className="number">{c.rows}</th>
            <th className="number">{c.problems}</th>
            <th>{c.action}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((r) => (
            <Row key={r.importId} record={r} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ record: r }: { readonly record: Record }) {
  const t = useTexts();
  const language = useLanguage();
  const { modal, message } = Messages.useApp();
  const busy = useJobs((s) => s.running !== undefined);
  const kinds = r.kinds ?? (r.kind === undefined ? [] : [r.kind]);
  const ask = () =>
    void modal.confirm({
      title: t.imports.undoTitle,
      content: t.imports.undoText(fileName(r.path), r.rows),
      okText: t.imports.undo,
      cancelText: t.common.cancel,
      onOk: () =>
        undo(r.importId).then(
          (rows) => void message.success(t.imports.undoDone(rows)),
          (error: unknown) => imports.setState({ error: asFailure(error) }),
        ),
    });
  return (
    <tr className={r.undone ? 'gone' : ''}>
      <td className="number-left">{r.at}</td>
      <td className="cut file-name" title={r.path}>
        {fileName(r.path)}
      </td>
      <td>
        {kindList(kinds, language)}
        <Said record={r} />
      </td>
      <td>{r.billingCycles.join(' ')}</td>
      <td className="number">{r.rows.toLocaleString('zh-CN')}</td>
      <td className="number">
        {r.problems ? (
          <Button
            type="link"
            className="in-row"
            disabled={busy || r.undone}
            title={t.imports.problemsSave}
            onClick={() => void saveProblems({ importId: r.importId })}
          >
            {r.problems}
          </Button>
        ) : (
          ''
        )}
      </td>
      <td>
        {r.undone ? (
          <StateTag tone="quiet">{t.imports.undone}</StateTag>
        ) : (
          <>
            <Button type="link" className="in-row" disabled={busy} aria-label={`${t.imports.undo} ${fileName(r.path)}`} onClick={ask}>
              {t.imports.undo}
            </Button>
            {markableKinds(r).length > 0 && (
              <Button
                type="link"
                className="in-row"
                disabled={busy}
                title={t.scope.title}
                aria-label={`${t.scope.mark} ${fileName(r.path)}`}
                onClick={() => startScope(r)}
              >
                {t.scope.mark}
              </Button>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

/** What the person said that the file covers. */
function Said({ record }: { readonly record: Record }) {
  const t = useTexts();
  const language = useLanguage();
  const marks = useScopes((s) => s.list.value);
  return markableKinds(record).map((kind) => {
    const mark = markOf(marks, record.importId, kind);
    const said = mark && t.scope.only + scopeText(mark)[language];
    return said === undefined ? null : (
      <div key={kind} className="quiet scope-said" title={said}>
        {said}
      </div>
    );
  });
}
