import { useMemo, useState } from 'react';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import { inFull } from '../../components/amounts.ts';
import type { Column, Range } from '../../components/grid-column.ts';
import type { BuiltBridge } from '../../stores/month.ts';
import { go, useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';

type Found = BuiltBridge['unexplainedFindings'][number];

/** A finding's key begins with its code (handbook: checks, Keys). */
const codeOf = (f: Found): string => f.key.split('|')[0] ?? '';
const customerOf = (f: Found): string => f.accountName ?? f.customerId ?? '';

/** The first of `all` findings whose amounts add up to what is unexplained; Enter or a double click opens one under 差异. */
export function UnexplainedList({ found, all }: { readonly found: readonly Found[]; readonly all: number }) {
  const t = useTexts();
  const language = useLanguage();
  const [range, setRange] = useState<Range>({ anchor: 0, cursor: 0 });
  const columns = useMemo<Column<Found>[]>(
    () => [
      { key: 'code', title: t.reconcile.finding, width: 180, grow: 1, text: (f) => checkName(codeOf(f), language) },
      { key: 'customer', title: t.reconcile.drill.columns.customer, width: 130, grow: 1, text: customerOf },
      {
        key: 'what',
        title: t.reconcile.drill.columns.order,
        width: 260,
        grow: 2,
        text: (f) => f.what ?? '',
        cell: (f) => (
          <button type="button" className="linkish" tabIndex={-1} onClick={() => open(f)}>
            {f.what ?? t.reconcile.drill.openFinding}
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
    <>
      {all > found.length && (
        <p className="pad quiet">
          {t.reconcile.findingsFirst(found.length, all)}{' '}
          <button type="button" className="linkish" onClick={() => go('findings')}>
            {t.reconcile.findingsAll}
          </button>
        </p>
      )}
      <LedgerGrid
        name="unexplained"
        label={t.reconcile.findingsOf}
        columns={columns}
        count={found.length}
        row={(i) => found[i]}
        range={range}
        onMove={(cursor, extend) => setRange((r) => ({ anchor: extend ? r.anchor : cursor, cursor }))}
        onOpen={(i) => open(found[i])}
      />
    </>
  );
}
