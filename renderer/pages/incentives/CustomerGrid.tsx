import { Checkbox } from 'antd';
import { useCallback, useMemo, type KeyboardEvent } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { KeyHelp } from '../../components/KeyHelp.tsx';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { shown } from '../../components/amounts.ts';
import type { Column, Sorting } from '../../components/grid-column.ts';
import { lookUp } from '../../stores/data.ts';
import { askCustomers, customers, useCustomers, type CustomerShare, type Question } from '../../stores/incentives.ts';
import { useTexts } from '../../stores/session.ts';
import type { Texts } from '../../texts/zh.ts';

const sorts = ['difference', 'customer', 'plan', 'rate', 'base', 'computed', 'stated'] as const satisfies readonly Question['sort'][];

function columnsOf(t: Texts): Column<CustomerShare>[] {
  const c = t.incentives.columns;
  const amount = (key: 'base' | 'computed' | 'stated' | 'difference'): Column<CustomerShare> => ({
    key,
    title: c[key],
    sort: key,
    width: 104,
    grow: 1,
    number: true,
    tailed: true,
    text: (s) => shown(s[key]).replaceAll(',', ''),
    cell: (s) => <Money amount={s[key]} as="aligned" />,
  });
  const name = (s: CustomerShare) => s.customerName ?? s.customerId ?? t.incentives.wholePlan;
  return [
    { key: 'customer', title: c.customer, sort: 'customer', width: 116, grow: 2, text: name },
    { key: 'plan', title: c.plan, sort: 'plan', width: 136, grow: 3, text: (s) => s.plan },
    { key: 'way', title: c.way, width: 84, text: (s) => t.incentives.ways[s.way] },
    { key: 'rate', title: c.rate, sort: 'rate', width: 52, number: true, text: (s) => s.rate ?? '' },
    amount('base'),
    amount('computed'),
    amount('stated'),
    amount('difference'),
    { key: 'rows', title: c.rows, width: 52, number: true, text: (s) => String(s.rows) },
  ];
}

const sortBy = (sorting: Sorting | undefined) =>
  askCustomers({ sort: sorts.find((s) => s === sorting?.by) ?? 'difference', descending: sorting?.descending ?? true });
const search = (text: string | undefined) => askCustomers({ search: text });

/** What each customer earned in each plan; Enter looks the customer up in every statement. */
export function CustomerGrid() {
  const t = useTexts();
  const { question, answer, chunks, range, error } = useCustomers((s) => s);
  const columns = useMemo(() => columnsOf(t), [t]);
  // oxlint-disable-next-line react/exhaustive-deps -- the rows change with the chunks
  const row = useCallback((index: number) => customers.rowAt(customers.store.getState(), index), [chunks]);
  const open = (index: number) => {
    const share = row(index);
    const sought = share?.customerId ?? share?.customerName;
    if (sought !== undefined) lookUp(sought);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== '/') return;
    event.preventDefault();
    document.getElementById('customers-search')?.focus();
  };
  const { sort = 'difference', descending = true, differing = false, plan } = question ?? {};
  return (
    <section className="section incentive-customers" aria-label={t.incentives.customers}>
      <div className="filter-bar" role="search">
        <b>{plan === undefined ? t.incentives.customers : t.incentives.ofPlan(plan === '' ? t.incentives.noPlan : plan)}</b>
        <SearchField
          id="customers-search"
          label={t.incentives.search}
          what={t.incentives.searchWhat}
          search={question?.search ?? ''}
          onSearch={search}
        />
        <Checkbox checked={differing} onChange={(e) => askCustomers({ differing: e.target.checked })}>
          {t.incentives.onlyDiffering}
        </Checkbox>
        <span className="push" />
        <span className="quiet" aria-live="polite">
          {answer && (
            <>
              {t.findings.total(answer.total)}
              {'　'}
              {t.incentives.columns.computed} <Money amount={answer.computed} />
              {'　'}
              {t.incentives.columns.stated} <Money amount={answer.stated} />
            </>
          )}
        </span>
        <KeyHelp title={t.incentives.helpTitle} rows={t.incentives.helpRows} />
      </div>
      {error ? (
        <ErrorNotice error={error} onRetry={customers.again} />
      ) : (
        <LedgerGrid
          name="incentive-customers"
          label={t.incentives.customers}
          first
          columns={columns}
          count={answer?.total ?? 0}
          row={row}
          range={range}
          onMove={customers.move}
          onOpen={open}
          onView={customers.ensure}
          readAll={customers.readRange}
          onKey={onKey}
          sorting={{ by: sort, descending }}
          onSort={sortBy}
          empty={chunks.size > 0 && <EmptyState title={differing ? t.incentives.noneDiffers : t.incentives.noneFits} />}
        />
      )}
    </section>
  );
}
