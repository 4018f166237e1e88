import { formatMoney } from '../../../../electron/core/money.ts';
import { money } from '../../../components/amounts.ts';

/** An amount of the wire in a currency. */
export interface CurrencySum {
  readonly currency: string;
  readonly amount: string;
}

/** Amounts added up, each currency by itself, in the order of their codes. */
export function addMoney(amounts: readonly CurrencySum[]): CurrencySum[] {
  const groups = Map.groupBy(amounts, ({ currency }) => currency);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, group]) => ({ currency, amount: formatMoney(group.reduce((sum, { amount }) => sum + money(amount), 0n)) }));
}
