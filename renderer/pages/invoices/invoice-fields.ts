import { readTypedInvoice, type TypedInvoice } from '../../../electron/core/typed-invoice.ts';
import type { Language } from '../../texts/names.ts';
import type { Texts } from '../../texts/zh.ts';

export type Field = keyof Omit<TypedInvoice, 'requestId'>;

/** Today's date in GMT+08:00 ("YYYY-MM-DD"), as the app itself takes it, whatever the computer's zone. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What is wrong with each field: the core's own rules, and what the vendor would send back. */
export function problemsOf(typed: TypedInvoice, language: Language, words: Texts['invoices']['checks']): Map<Field, string> {
  const found = new Map<Field, string>();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed.date) || Number.isNaN(Date.parse(typed.date))) found.set('date', words.date);
  const read = readTypedInvoice(typed, today());
  if ('problems' in read) {
    for (const p of read.problems) {
      // The number and its code are judged together; the sentence belongs where the code is missing or too much.
      const field =
        p.field === 'number' && /^\d{8}$|^\d{20}$/.test(typed.number.trim()) && typed.number !== '' ? 'code' : (p.field as Field);
      if (!found.has(field)) found.set(field, p.text[language]);
    }
  }
  return found;
}
