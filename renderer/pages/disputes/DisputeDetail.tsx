import { Button } from 'antd';
import { Amounts, useBackToGrid } from '../../components/DetailPanel.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { disputes, useDisputes, type Dispute } from '../../stores/disputes.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';
import { DisputeText } from '../findings/DisputeText.tsx';
import { DisputeForm } from './DisputeForm.tsx';
import { Earlier } from './Earlier.tsx';

/** The dispute with the cursor: what was given, what came back, and the text; of several chosen ones what is written down for all of them. */
export function DisputeDetail() {
  const t = useTexts();
  const { chunks, range, answer } = useDisputes((s) => s);
  const row = chunks.size > 0 ? disputes.rowAt(disputes.store.getState(), range.cursor) : undefined;
  useBackToGrid('#dispute-detail, #disputes-search', '.findings-list .grid');
  const chosen = Math.abs(range.cursor - range.anchor) + 1;
  return (
    <div id="dispute-detail" role="region" aria-label={t.disputes.detail} className="scroll pad detail-scroll">
      {row && answer ? <Detail dispute={row} today={answer.today} chosen={chosen} /> : <p className="quiet">{t.disputes.detailNone}</p>}
    </div>
  );
}

function Detail({ dispute: d, today, chosen }: { readonly dispute: Dispute; readonly today: string; readonly chosen: number }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <>
      {chosen > 1 ? (
        <p className="detail-title">
          <b>{t.disputes.chosen(chosen)}</b>
        </p>
      ) : (
        <>
          <p className="detail-title">
            <b>{checkName(d.code, language)}</b>{' '}
            <StateTag tone={d.status === 'open' ? 'attention' : 'plain'}>{t.findings.status[d.status]}</StateTag>{' '}
            {d.resolvedByData && <StateTag tone="good">{t.findings.resolvedByData}</StateTag>}{' '}
            {d.due !== undefined && d.due < today && <StateTag tone="alarm">{t.disputes.overdue(d.due)}</StateTag>}
          </p>
          <p>{d.reason[language]}</p>
          <Amounts
            of={(['expected', 'stated', 'difference'] as const).map((k) => ({
              name: t.findings.columns[k],
              amount: d[k],
              alarm: k === 'difference',
            }))}
          />
        </>
      )}
      <DisputeForm key={chosen > 1 ? 'many' : d.key} dispute={chosen > 1 ? undefined : d} today={today} />
      {chosen === 1 && (
        <>
          {d.earlier && <Earlier earlier={d.earlier} />}
          <p className="open-finding">
            <Button onClick={() => go('findings', { cycle: d.billingCycle, params: { key: d.key } })}>{t.disputes.toFinding}</Button>
          </p>
          {d.feedback !== undefined && <DisputeText text={d.feedback} />}
          {d.note !== undefined && (
            <>
              <h3>{t.findings.note}</h3>
              <p className="dispute-note">{d.note}</p>
            </>
          )}
        </>
      )}
    </>
  );
}
