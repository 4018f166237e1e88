import { addMoney, type CurrencySum } from './currency-sums.ts';
import type { Stage } from '../../../../electron/core/stage.ts';
import type { BoardRequest } from '../../../stores/progress.ts';

export interface BoardFilter {
  readonly stage: Stage | undefined;
  readonly onlyLate: boolean;
  readonly search: string;
}
export const noFilter: BoardFilter = { stage: undefined, onlyLate: false, search: '' };

/** The requests that fit, in the board's own order. */
export function filtered(requests: readonly BoardRequest[], { stage, onlyLate, search }: BoardFilter): BoardRequest[] {
  const wanted = search.normalize('NFKC').trim().toLowerCase();
  return requests.filter(
    (r) =>
      (stage === undefined || r.stage === stage) &&
      (!onlyLate || r.overdue) &&
      (wanted === '' ||
        [r.requestId, r.billingCycle, r.buyerName, r.courier, r.tracking].some((text) => text?.toLowerCase().includes(wanted))),
  );
}

/** Whether money of it is still to come. */
export const isOpen = ({ stage }: BoardRequest): boolean => stage !== 'paid' && stage !== 'ended';

/** What is still to come, each currency by itself. */
export const outstandingOf = (requests: readonly BoardRequest[]): CurrencySum[] =>
  addMoney(requests.filter(isOpen).map(({ currency, outstanding }) => ({ currency, amount: outstanding })));
