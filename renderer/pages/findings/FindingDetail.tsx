import { shown } from '../../components/amounts.ts';
import { Amounts, DetailPanel, useBackToGrid } from '../../components/DetailPanel.tsx';
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

/** One finding: what is wrong, by how much, what could explain it, both sides' rows, and the text to send. */
export function FindingDetail() {
  const t = useTexts();
  const openKey = useFindings((s) => s.openKey);
  const evidence = useFindings((s) => s.evidence);
  useBackToGrid('#finding-detail, #findings-search', '.findings-list .grid');
  const value = evidence.value?.finding.key === openKey || evidence.loading ? evidence.value : undefined;
  return (
    <DetailPanel
      id="finding-detail"
      label={t.findings.detail}
      state={evidence}
      value={value}
      none={openKey === undefined ? t.findings.detailNone : undefined}
      onRetry={() => openFinding(openKey)}
    >
      {(of) => <Detail evidence={of} />}
    </DetailPanel>
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
      {evidence.reopened && f.status === 'open' && (
        <p className="quiet">{t.findings.reopened(t.findings.status[evidence.reopened.status], shown(evidence.reopened.difference))}</p>
      )}
      <Amounts
        of={(['expected', 'stated', 'difference'] as const).map((k) => ({
          name: t.findings.columns[k],
          amount: f[k],
          alarm: k === 'difference' && f.severity === 'dispute',
        }))}
      />
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
