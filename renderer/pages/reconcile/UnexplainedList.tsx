import { useMemo, useState } from 'react';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import { inFull } from '../../components/amounts.ts';
import type { Column, Range } from '../../components/grid-column.ts';
import type { BuiltBridge } from '../../stores/month.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';

type Found = BuiltBridge['unexplainedFindings'][number];

/** A finding's key is `code|cycle|business key` (handbook: checks, Keys). */
const partsOf = (key: string) => {
  const [code = '', , ...business] = key.split('|');
  return { code, business: business.join(' · ') };
};

/** The findings whose amounts add up to what is unexplained; Enter or a double click opens one under 差异. */
export function UnexplainedList({ found }: { readonly found: readonly Found[] }) {
  const t = useTexts();
  const language = useLanguage();
  const [range, setRange] = useState<Range>({ anchor: 0, cursor: 0 });
  const columns = useMemo<Column<Found>[]>(
    () => [
      { key: 'code', title: t.reconcile.finding, width: 180, grow: 1, text: (f) => checkName(partsOf(f.key).code, language) },
      {
        key: 'business',
        title: t.reconcile.business,
        width: 420,
        grow: 2,
        text: (f) => partsOf(f.key).business,
        cell: (f) => (
          <button type="button" className="linkish" tabIndex={-1} onClick={() => open(f)}>
            {partsOf(f.key).business}
          </button>
        ),
      },
      {
        key: 'amount',
        title: t.reconcile.amount,
        width: 160,
        number: true,
        text: (f) => inFull(f.amount).replaceAll(',', ''),
        cell: (f) => <Money amount={f.amount} as="full" />,
      },
    ],
    [t, language],
  );
  const open = (f: Found | undefined) => f && go('findings', { params: { key: f.key } });
  if (found.length === 0) return <p className="pad quiet">{t.reconcile.findingsNone}</p>;
  return (
    <LedgerGrid
      label={t.reconcile.findingsOf}
      columns={columns}
      count={found.length}
      row={(i) => found[i]}
      range={range}
      onMove={(cursor, extend) => setRange((r) => ({ anchor: extend ? r.anchor : cursor, cursor }))}
      onOpen={(i) => open(found[i])}
    />
  );
}
