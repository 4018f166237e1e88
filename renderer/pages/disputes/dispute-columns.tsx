import { daysBetween } from '../../../electron/core/month.ts';
import { Money } from '../../components/Money.tsx';
import { shown } from '../../components/amounts.ts';
import type { Column } from '../../components/grid-column.ts';
import type { Dispute } from '../../stores/disputes.ts';
import { checkName, type Language } from '../../texts/names.ts';
import type { Texts } from '../../texts/zh.ts';

const amount = (key: 'difference' | 'recovered', title: string): Column<Dispute> => ({
  key,
  title,
  width: 109,
  number: true,
  tailed: true,
  sort: key === 'difference' ? 'amount' : 'recovered',
  text: (d) => (d[key] === undefined ? '' : shown(d[key]).replaceAll(',', '')),
  cell: (d) => d[key] !== undefined && <Money amount={d[key]} as="aligned" />,
});

/** Days that it has waited for an answer, where it waits for one. */
const waited = (d: Dispute, today: string): number | undefined =>
  d.sentOn !== undefined && d.status === 'disputed' && d.resolvedByData !== true ? daysBetween(d.sentOn, today) : undefined;

/** The columns of the list, what one looks at first to the left. */
export function disputeColumns(t: Texts, language: Language, today: string, allMonths: boolean): Column<Dispute>[] {
  const c = t.disputes.columns;
  const f = t.findings.columns;
  return [
    {
      key: 'status',
      title: f.status,
      sort: 'status',
      width: language === 'zh' ? 66 : 76,
      text: (d) => (d.resolvedByData ? t.findings.resolvedByData : t.findings.status[d.status]),
    },
    ...(allMonths ? [{ key: 'cycle', title: t.findings.cycle, sort: 'cycle', width: 66, text: (d: Dispute) => d.billingCycle }] : []),
    { key: 'code', title: f.code, sort: 'code', width: 116, grow: 2, text: (d) => checkName(d.code, language) },
    { key: 'customer', title: f.customer, sort: 'customer', width: 100, grow: 1, text: (d) => d.accountName ?? d.customerId ?? '' },
    { key: 'tradeId', title: f.tradeId, sort: 'tradeId', width: 148, grow: 2, text: (d) => d.tradeId ?? d.recordId ?? d.productType ?? '' },
    amount('difference', f.difference),
    {
      key: 'due',
      title: c.due,
      sort: 'due',
      width: 84,
      text: (d) => d.due ?? '',
      cell: (d) => d.due !== undefined && <span className={d.due < today ? 'alarm' : ''}>{d.due}</span>,
    },
    {
      key: 'sentOn',
      title: c.sentOn,
      sort: 'sentOn',
      width: 104,
      text: (d) => d.sentOn ?? '',
      cell: (d) => (
        <span title={d.earlier && t.disputes.nthTime(d.earlier.length + 1)}>
          {d.sentOn}
          {d.earlier && ` ×${d.earlier.length + 1}`}
        </span>
      ),
    },
    {
      key: 'waited',
      title: c.waited,
      width: 56,
      number: true,
      text: (d) => (waited(d, today) === undefined ? '' : t.disputes.days(waited(d, today)!)),
    },
    { key: 'sentBy', title: c.sentBy, width: 62, text: (d) => d.sentBy ?? '' },
    { key: 'answeredOn', title: c.answeredOn, sort: 'answeredOn', width: 84, text: (d) => d.answeredOn ?? '' },
    amount('recovered', c.recovered),
    { key: 'answer', title: c.answer, width: 120, grow: 3, text: (d) => d.answer ?? '' },
    { key: 'manager', title: t.findings.columns.manager, sort: 'manager', width: 70, text: (d) => d.manager ?? '' },
  ];
}
