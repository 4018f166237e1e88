import { Skeleton } from 'antd';
import { useEffect } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Money } from '../../components/Money.tsx';
import { lookUp, openRow, useData, type DataRow } from '../../stores/data.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';
import { EvidenceRows } from '../findings/EvidenceRows.tsx';

const zero = '0.00000000';

/** One row as it stands in its file: every cell with its place, the ways on from its ids, and the findings that rest on it. */
export function RowDetail() {
  const t = useTexts();
  const open = useData((s) => s.openRow);
  const row = useData((s) => s.row);
  useEffect(() => {
    const back = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && document.activeElement?.closest('#row-detail, #data-search'))
        document.querySelector<HTMLElement>('.data-list .grid')?.focus();
    };
    window.addEventListener('keydown', back);
    return () => window.removeEventListener('keydown', back);
  }, []);
  return (
    <div
      id="row-detail"
      // The panel scrolls, and Enter in the grid leads here: it must be able to take the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t.data.detail}
      aria-busy={row.loading}
      className="scroll pad detail-scroll"
    >
      {row.error ? (
        <ErrorNotice error={row.error} {...(open !== undefined && { onRetry: () => openRow(open) })} />
      ) : row.value ? (
        <Detail key={open} row={row.value} />
      ) : open === undefined ? (
        <p className="quiet">{t.data.none}</p>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </div>
  );
}

function Detail({ row: { tables, findings } }: { readonly row: DataRow }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <>
      <SameLinks tables={tables} />
      <p className="quiet">{findings.length === 0 ? t.data.noFindings : t.data.findings}</p>
      <ul className="row-findings">
        {findings.map((f) => (
          <li key={f.key}>
            <button type="button" className="linkish" onClick={() => go('findings', { cycle: f.billingCycle, params: { key: f.key } })}>
              {checkName(f.code, language)}
            </button>{' '}
            <span className="quiet">
              {f.billingCycle} · {t.findings.status[f.status]} · <Money amount={f.difference} />
            </span>
          </li>
        ))}
      </ul>
      <EvidenceRows sides={[{ side: 'left', tables }]} compared={{ expected: zero, stated: zero }} omitted={0} alone />
    </>
  );
}

/** Ids of the row that other statements hold too. */
const shared = ['customerId', 'tradeId', 'originalTradeId', 'performanceId', 'statementId', 'incentiveBillId', 'requestId', 'flowId'];

function SameLinks({ tables }: Pick<DataRow, 'tables'>) {
  const t = useTexts();
  const links = tables.flatMap(({ fields, header, rows }) =>
    fields.flatMap((field, i) => {
      const value = rows[0]?.cells[i] ?? '';
      return shared.includes(field) && value !== '' ? [{ field, name: header[i] ?? field, value }] : [];
    }),
  );
  if (links.length === 0) return null;
  return (
    <p className="same-links">
      <span className="quiet">{t.data.same}</span>
      {links.map(({ field, name, value }) => (
        <button key={field} type="button" className="linkish" title={value} onClick={() => lookUp(value)}>
          {name}
        </button>
      ))}
    </p>
  );
}
