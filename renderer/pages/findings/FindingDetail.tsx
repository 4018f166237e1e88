import { Skeleton } from 'antd';
import { useEffect } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Money } from '../../components/Money.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { lookUp } from '../../stores/data.ts';
import { openFinding, useFindings, type Evidence } from '../../stores/findings.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';
import { DisputeText } from './DisputeText.tsx';
import { EvidenceRows } from './EvidenceRows.tsx';
import { FindingMatch } from './FindingMatch.tsx';
import { NoteEditor } from './NoteEditor.tsx';
import { OwnerField } from './OwnerField.tsx';

const focusGrid = () => document.querySelector<HTMLElement>('.findings-list .grid')?.focus();

/** One finding: what is wrong, by how much, what could explain it, both sides' rows, and the text to send. */
export function FindingDetail() {
  const t = useTexts();
  const openKey = useFindings((s) => s.openKey);
  const evidence = useFindings((s) => s.evidence);
  useEffect(() => {
    const back = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && document.activeElement?.closest('#finding-detail, #findings-search')) focusGrid();
    };
    window.addEventListener('keydown', back);
    return () => window.removeEventListener('keydown', back);
  }, []);
  const shown = evidence.value?.finding.key === openKey || evidence.loading ? evidence.value : undefined;
  return (
    <div
      id="finding-detail"
      // The panel scrolls, and Enter in the grid leads here: it must be able to take the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t.findings.detail}
      aria-busy={evidence.loading}
      className="scroll pad detail-scroll"
    >
      {evidence.error ? (
        <ErrorNotice error={evidence.error} onRetry={() => openFinding(openKey)} />
      ) : shown ? (
        <Detail evidence={shown} />
      ) : openKey === undefined ? (
        <p className="quiet">{t.findings.detailNone}</p>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </div>
  );
}

function Detail({ evidence }: { readonly evidence: Evidence }) {
  const t = useTexts();
  const language = useLanguage();
  const f = evidence.finding;
  const sought = f.tradeId ?? f.recordId;
  return (
    <>
      <p className="detail-title">
        <b>{checkName(f.code, language)}</b> <code className="code">{f.code}</code>{' '}
        <StateTag tone={f.status === 'open' ? 'attention' : 'plain'}>{t.findings.status[f.status]}</StateTag>{' '}
        {f.resolvedByData && <StateTag tone="good">{t.findings.resolvedByData}</StateTag>}
      </p>
      <p>{f.reason[language]}</p>
      <dl className="amounts">
        {(['expected', 'stated', 'difference'] as const).map((k) => (
          <div key={k}>
            <dt>{t.findings.columns[k]}</dt>
            <dd className={k === 'difference' && f.severity === 'dispute' ? 'alarm' : ''}>
              <Money amount={f[k]} />
            </dd>
          </div>
        ))}
      </dl>
      <OwnerField key={`${f.key} ${f.owner ?? ''}`} findingKey={f.key} owner={f.owner ?? ''} />
      {f.candidates.length > 0 && (
        <>
          <h3>{t.findings.candidates}</h3>
          <ul className="notes">
            {f.candidates.map((c) => (
              <li key={c.code}>{c[language]}</li>
            ))}
          </ul>
        </>
      )}
      <FindingMatch evidence={evidence} />
      <h3 className="with-button">
        {t.findings.evidence}
        {sought !== undefined && (
          <button type="button" className="linkish" onClick={() => lookUp(sought)}>
            {t.data.lookUp}
          </button>
        )}
      </h3>
      <EvidenceRows key={f.key} sides={evidence.sides} compared={f} omitted={f.rowsOmitted ?? 0} />
      {f.feedback !== undefined && <DisputeText text={f.feedback} />}
      {f.severity === 'dispute' && (
        <p className="open-finding">
          <button type="button" className="linkish" onClick={() => go('disputes', { cycle: f.billingCycle, params: { key: f.key } })}>
            {t.disputes.toDispute}
          </button>
        </p>
      )}
      <h3>{t.findings.note}</h3>
      <NoteEditor key={f.key} findingKey={f.key} note={f.note ?? ''} />
      <p className="quiet key">
        {t.findings.key} <code className="code">{f.key}</code>
      </p>
    </>
  );
}
