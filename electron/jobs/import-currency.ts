import { otherCurrency } from '../../db/import-rows.ts';
import type { WriteDb } from '../../db/open.ts';
import { kindSpecs } from '../importing/kinds/list.ts';
import type { SheetRead } from '../importing/read-sheet.ts';
import type { Text } from '../importing/recognise.ts';
import type { Refusal } from './import-result.ts';
import { refusals } from './import-verdict.ts';

/** The currencies of the monthly sheets with amounts, sorted; one that names none is in CNY. */
export function currenciesOf(read: readonly SheetRead[]): string[] {
  const monthly = read.filter(({ found: { kind } }) => {
    const { columns, month } = kindSpecs[kind];
    return columns.some((c) => c.type === 'money') && month !== 'none';
  });
  return [...new Set(monthly.map((s) => s.data.currency ?? 'CNY'))].sort();
}

/** Different currencies are never added: within a file, and against the statements already imported. */
export function currencyFault(db: WriteDb, currencies: readonly string[], importRow: bigint): Refusal | undefined {
  if (currencies.length > 1) return refusals.currency(currencies);
  const [mine] = currencies;
  const other = mine === undefined ? undefined : otherCurrency(db, mine, importRow);
  return other === undefined ? undefined : refusals.currency([mine!, other]);
}

/** That amounts are no yuan, wherever they are seen. */
export const foreignNotes = (currencies: readonly string[]): Text[] =>
  currencies
    .filter((currency) => currency !== 'CNY')
    .map((currency) => ({
      zh: `金额的币种是 ${currency}，不是人民币：没有折算，也绝不与人民币金额相加；这个工作区此后只收 ${currency} 的账单。`,
      en: `The amounts are in ${currency}, not in yuan (CNY): they are not converted and never added to CNY amounts; from now on this workspace takes statements in ${currency} only.`,
    }));
