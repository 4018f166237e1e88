import { Button, Checkbox } from 'antd';
import { Money } from '../../components/Money.tsx';
import { isZero, shown } from '../../components/amounts.ts';
import type { Column } from '../../components/grid-column.ts';
import { tick, type PaymentRequest } from '../../stores/invoices.ts';
import type { Language } from '../../texts/names.ts';
import type { Texts } from '../../texts/zh.ts';

interface Asked {
  readonly ticked: ReadonlySet<string>;
  readonly onEdit: (request: PaymentRequest) => void;
}

/** The requests' columns. The grid has one stop for Tab: the space bar ticks, so boxes and buttons in its rows need none of their own. */
export function requestColumns(t: Texts, language: Language, { ticked, onEdit }: Asked): Column<PaymentRequest>[] {
  const c = t.invoices.requestColumns;
  const money = (key: 'amount' | 'invoiced' | 'difference', width: number): Column<PaymentRequest> => ({
    key,
    title: c[key],
    width,
    number: true,
    text: (r) => shown(r[key]).replaceAll(',', ''),
    cell: (r) =>
      key === 'difference' ? (
        <b className={isZero(r.difference) ? 'good' : ''}>
          <Money amount={r.difference} />
        </b>
      ) : (
        <Money amount={r[key]} />
      ),
  });
  const problems = (r: PaymentRequest): string => r.problems.map((p) => p[language]).join(language === 'zh' ? '；' : '; ');
  return [
    {
      key: 'tick',
      title: c.tick,
      width: language === 'zh' ? 34 : 44,
      text: (r) => (ticked.has(r.requestId) ? '✓' : ''),
      cell: (r) => (
        <Checkbox
          checked={ticked.has(r.requestId)}
          tabIndex={-1}
          aria-label={r.requestId}
          onChange={(e) => tick([r.requestId], e.target.checked)}
        />
      ),
    },
    { key: 'id', title: c.id, width: 128, grow: 1, text: (r) => r.requestId },
    { key: 'cycle', title: c.cycle, width: 66, text: (r) => r.billingCycle },
    { key: 'buyer', title: t.invoices.requestForm.buyerName, width: 110, grow: 3, text: (r) => r.buyerName },
    money('amount', 104),
    money('invoiced', 104),
    money('difference', 96),
    { key: 'invoices', title: c.invoices, width: 56, number: true, text: (r) => String(r.invoices.length) },
    { key: 'printed', title: c.printed, width: language === 'zh' ? 60 : 84, text: (r) => t.invoices.printed(r.printedTimes) },
    {
      key: 'problems',
      title: t.invoices.requestProblems,
      width: 110,
      grow: 3,
      text: problems,
      cell: (r) => <span className="row-problem">{problems(r)}</span>,
    },
    {
      key: 'action',
      title: c.action,
      width: 52,
      text: () => '',
      cell: (r) => (
        <Button type="link" className="in-row" tabIndex={-1} onClick={() => onEdit(r)}>
          {t.invoices.edit}
        </Button>
      ),
    },
  ];
}
