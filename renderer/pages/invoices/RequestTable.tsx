import { Button, Checkbox } from 'antd';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Money } from '../../components/Money.tsx';
import { isZero } from '../../components/amounts.ts';
import { nextIndex } from '../../components/grid-keys.ts';
import { useFirstFocus } from '../../components/use-first-focus.ts';
import { tick, useInvoices, type PaymentRequest } from '../../stores/invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

interface Props {
  readonly requests: readonly PaymentRequest[];
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onEdit: (request: PaymentRequest) => void;
}

/** The requests with what is invoiced; the difference must read 0.00 before a list is printed. ↑ ↓ move, the space bar ticks, Enter goes to what is entered of it. */
export function RequestTable({ requests, openId, onOpen, onEdit }: Props) {
  const t = useTexts();
  const ticked = useInvoices((s) => s.ticked);
  const table = useRef<HTMLTableElement>(null);
  useFirstFocus(table);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    table.current?.querySelector('tr.chosen')?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  const c = t.invoices.requestColumns;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const at = requests.findIndex((r) => r.requestId === openId);
    const next = nextIndex(event, at, requests.length, 8);
    if (next !== undefined) onOpen(requests[next]!.requestId);
    else if (event.key === ' ' && openId !== undefined) tick(openId, !ticked.has(openId));
    else if (event.key === 'Enter') document.getElementById('entry-kind')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className="scroll requests-scroll">
      {/* A table whose rows are chosen with the arrows is a grid (one stop for Tab), and stays a table for whoever reads it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table ref={table} className="table" role="grid" tabIndex={0} aria-label={t.invoices.requests} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th>{c.tick}</th>
            <th>{c.id}</th>
            <th>{c.cycle}</th>
            <th>{t.invoices.requestForm.buyerName}</th>
            <th className="number">{c.amount}</th>
            <th className="number">{c.invoiced}</th>
            <th className="number">{c.difference}</th>
            <th className="number">{c.invoices}</th>
            <th>{c.printed}</th>
            <th>{c.action}</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((r) => (
            <Row
              key={r.requestId}
              request={r}
              chosen={r.requestId === openId}
              ticked={ticked.has(r.requestId)}
              onOpen={() => onOpen(r.requestId)}
              onEdit={() => onEdit(r)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly request: PaymentRequest;
  readonly chosen: boolean;
  readonly ticked: boolean;
  readonly onOpen: () => void;
  readonly onEdit: () => void;
}
function Row({ request: r, chosen, ticked, onOpen, onEdit }: RowProps) {
  const t = useTexts();
  const language = useLanguage();
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr className={chosen ? 'chosen' : ''} aria-current={chosen ? 'true' : undefined} onClick={onOpen}>
      <td>
        <Checkbox checked={ticked} aria-label={r.requestId} onChange={(e) => tick(r.requestId, e.target.checked)} />
      </td>
      <td className="nowrap">
        {r.requestId}
        {r.problems.length > 0 && (
          <div className="row-problem" title={r.problems.map((p) => p[language]).join('\n')}>
            {r.problems[0]?.[language]}
          </div>
        )}
      </td>
      <td className="nowrap">{r.billingCycle}</td>
      <td className="cut buyer" title={r.buyerName}>
        {r.buyerName}
      </td>
      <td className="number">
        <Money amount={r.amount} />
      </td>
      <td className="number">
        <Money amount={r.invoiced} />
      </td>
      <td className="number">
        <b className={isZero(r.difference) ? 'good' : ''}>
          <Money amount={r.difference} />
        </b>
      </td>
      <td className="number">{r.invoices.length}</td>
      <td className="nowrap">{t.invoices.printed(r.printedTimes)}</td>
      <td>
        <Button type="link" className="in-row" onClick={onEdit}>
          {t.invoices.edit}
        </Button>
      </td>
    </tr>
  );
}
