import { Button } from 'antd';
import { Amounts, DetailPanel, useBackToGrid } from '../../components/DetailPanel.tsx';
import { openGroup, useOpened, type GroupRows } from '../../stores/drill.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { levelName, stepName } from '../../texts/names.ts';
import { EvidenceRows } from '../findings/EvidenceRows.tsx';
import { customerOf } from './GroupGrid.tsx';

/** One group: what it is keyed by, both sides' amounts, and both sides' rows as they stand in the files. */
export function GroupDetail() {
  const t = useTexts();
  const openId = useOpened((s) => s.openId);
  const rows = useOpened((s) => s.rows);
  useBackToGrid('#group-detail', '.drill-list .grid');
  return (
    <DetailPanel
      id="group-detail"
      label={t.reconcile.drill.rows}
      state={rows}
      value={rows.value}
      none={openId === undefined ? t.reconcile.drill.none : undefined}
      onRetry={openId === undefined ? undefined : () => openGroup(openId)}
    >
      {(value) => <Detail rows={value} />}
    </DetailPanel>
  );
}

const zero = '0.00000000';

function Detail({ rows }: { readonly rows: GroupRows }) {
  const t = useTexts();
  const language = useLanguage();
  const { group: g } = rows;
  const words = t.reconcile.drill;
  const parts = [g.tradeId, g.productType, ...g.key].filter((p) => p !== undefined && p !== '');
  return (
    <>
      <p className="detail-title">
        <b>{customerOf(g) || stepName(g.step, language)}</b>
        {g.customerId !== undefined && g.customerName !== undefined && <span className="quiet"> {g.customerId}</span>}
        {parts.length > 0 && <span> · {parts.join(' · ')}</span>}
      </p>
      <p className="quiet">{words.metAt(stepName(g.step, language), levelName(g.level, language))}</p>
      <Amounts of={(['left', 'right', 'amount'] as const).map((k) => ({ name: words.columns[k], amount: g[k] }))} />
      {g.finding !== undefined && (
        <p className="open-finding">
          <Button onClick={() => go('findings', { params: { key: g.finding! } })}>{words.openFinding}</Button>
        </p>
      )}
      <EvidenceRows
        key={g.id}
        sides={rows.sides}
        compared={{ expected: g.left ?? zero, stated: g.right ?? zero }}
        omitted={rows.rowsOmitted ?? 0}
      />
    </>
  );
}
