import { Button, Skeleton } from 'antd';
import { useEffect } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Money } from '../../components/Money.tsx';
import { openGroup, useDrill, type GroupRows } from '../../stores/drill.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { levelName, stepName } from '../../texts/names.ts';
import { EvidenceRows } from '../findings/EvidenceRows.tsx';
import { customerOf } from './GroupGrid.tsx';

/** One group: what it is keyed by, both sides' amounts, and both sides' rows as they stand in the files. */
export function GroupDetail() {
  const t = useTexts();
  const openId = useDrill((s) => s.openId);
  const rows = useDrill((s) => s.rows);
  useEffect(() => {
    const back = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && document.activeElement?.closest('#group-detail'))
        document.querySelector<HTMLElement>('.drill-list .grid')?.focus();
    };
    window.addEventListener('keydown', back);
    return () => window.removeEventListener('keydown', back);
  }, []);
  return (
    <div
      id="group-detail"
      // The panel scrolls, and Enter in the grid leads here: it must be able to take the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t.reconcile.drill.rows}
      aria-busy={rows.loading}
      className="scroll pad detail-scroll"
    >
      {rows.error ? (
        <ErrorNotice error={rows.error} {...(openId !== undefined && { onRetry: () => openGroup(openId) })} />
      ) : rows.value ? (
        <Detail rows={rows.value} />
      ) : openId === undefined ? (
        <p className="quiet">{t.reconcile.drill.none}</p>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </div>
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
      <dl className="amounts">
        {(['left', 'right', 'amount'] as const).map((k) => (
          <div key={k}>
            <dt>{words.columns[k]}</dt>
            <dd>{g[k] === undefined ? '–' : <Money amount={g[k]} />}</dd>
          </div>
        ))}
      </dl>
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
