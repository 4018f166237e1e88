import { StateTag } from '../../../components/StateTag.tsx';
import { Money } from '../../../components/Money.tsx';
import { shown } from '../../../components/amounts.ts';
import type { Column } from '../../../components/grid-column.ts';
import type { BoardRequest } from '../../../stores/progress.ts';
import type { Language } from '../../../texts/names.ts';
import type { Texts } from '../../../texts/zh.ts';
import { PromiseDate } from '../progress/PromiseDate.tsx';
import { stageTones } from '../progress/stage-tone.ts';
import { isOpen } from './board-rows.ts';

/** The board's columns; a request's number opens it, money that is late stands out by the tag beside its promise. */
export function boardColumns(t: Texts, language: Language, today: string, onOpen: (requestId: string) => void): Column<BoardRequest>[] {
  const c = t.afterMailing.board.columns;
  const money = (key: 'amount' | 'received' | 'outstanding'): Column<BoardRequest> => ({
    key,
    title: c[key],
    width: 100,
    number: true,
    text: (r) => `${r.currency === 'CNY' ? '' : `${r.currency} `}${shown(r[key]).replaceAll(',', '')}`,
    cell: (r) => (
      <>
        {r.currency !== 'CNY' && <span className="quiet">{r.currency} </span>}
        <Money amount={r[key]} />
      </>
    ),
  });
  const parcel = (r: BoardRequest): string =>
    r.sentOn === undefined ? '' : [r.courier, r.tracking].filter(Boolean).join(' ') || t.afterMailing.mailbox;
  const notes = (r: BoardRequest): string =>
    [...(r.findings.length > 0 ? [t.afterMailing.board.findings(r.findings.length)] : []), ...r.notes.map((note) => note[language])].join(
      '；',
    );
  return [
    {
      key: 'stage',
      title: c.stage,
      width: language === 'zh' ? 108 : 142,
      text: (r) => r.stageName[language],
      cell: (r) => <StateTag tone={stageTones[r.stage]}>{r.stageName[language]}</StateTag>,
    },
    {
      key: 'id',
      title: c.id,
      width: 116,
      grow: 1,
      text: (r) => r.requestId,
      // The grid has one stop for Tab, and Enter opens from there.
      cell: (r) => (
        <button type="button" className="linkish" tabIndex={-1} onClick={() => onOpen(r.requestId)}>
          {r.requestId}
        </button>
      ),
    },
    { key: 'cycle', title: c.cycle, width: 64, text: (r) => r.billingCycle },
    { key: 'buyer', title: c.buyer, width: 96, grow: 3, text: (r) => r.buyerName },
    money('amount'),
    money('received'),
    money('outstanding'),
    {
      key: 'age',
      title: c.age,
      width: 66,
      number: true,
      text: (r) => (r.ageDays === undefined ? '' : t.afterMailing.daysOld(r.ageDays)),
    },
    {
      key: 'promise',
      title: c.promise,
      width: language === 'zh' ? 156 : 168,
      text: (r) => r.promise ?? '',
      cell: (r) => r.promise !== undefined && <PromiseDate promise={r.promise} overdue={r.overdue} isSettled={!isOpen(r)} today={today} />,
    },
    { key: 'parcel', title: c.parcel, width: 160, grow: 1, text: parcel },
    { key: 'notes', title: c.notes, width: 64, grow: 3, text: notes },
  ];
}
