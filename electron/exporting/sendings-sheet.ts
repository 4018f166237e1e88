import { checks } from '../core/checks.ts';
import type { Sending } from '../core/dispute.ts';
import { head, words, type Word } from './report-words.ts';
import type { Cell, Column, SheetContent } from './workbook.ts';

type Language = 'zh' | 'en';
const columns: readonly (readonly [header: Word, column: Column, cell: (sending: Sending, language: Language) => Cell])[] = [
  ['check', { width: 24, wrap: true }, (s, l) => checks[s.code][l]],
  ['customerId', { width: 34 }, (s) => s.customerId ?? ''],
  ['accountName', { width: 18 }, (s) => s.accountName ?? ''],
  ['tradeId', { width: 30 }, (s) => s.tradeId ?? ''],
  ['difference', { width: 18 }, (s) => s.difference],
  ['round', { width: 8 }, (s) => s.round],
  ['sentOn', { width: 12 }, (s) => s.sentOn ?? ''],
  ['sentBy', { width: 14 }, (s) => s.sentBy],
  ['answeredOn', { width: 12 }, (s) => s.answeredOn ?? ''],
  ['answer', { width: 60, wrap: true }, (s) => s.answer],
  ['recovered', { width: 18 }, (s) => s.recovered ?? undefined],
  ['key', { width: 50 }, (s) => s.key],
];

/** The sheet of what was sent when, and what was answered to it, a line for each sending; none where nothing was sent. */
export function sendingsSheets(sendings: readonly Sending[], language: Language): SheetContent[] {
  if (sendings.length === 0) return [];
  const rows = [
    { cells: head(language, ...columns.map(([header]) => header)) },
    ...sendings.map((sending) => ({ cells: columns.map(([, , cell]) => cell(sending, language)) })),
  ];
  return [{ name: words.sendings[language], columns: columns.map(([, column]) => column), rows, frozen: 1 }];
}
