import { DetailPanel, useBackToGrid } from '../../components/DetailPanel.tsx';
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
  useBackToGrid('#row-detail, #data-search', '.data-list .grid');
  return (
    <DetailPanel
      id="row-detail"
      label={t.data.detail}
      state={row}
      value={row.value}
      none={open === undefined ? t.data.none : undefined}
      onRetry={open === undefined ? undefined : () => openRow(open)}
    >
      {(value) => <Detail key={open} row={value} />}
    </DetailPanel>
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
