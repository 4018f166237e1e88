import type { Texts } from '../zh.ts';
import { counted } from '../../../electron/core/display-count.ts';

/** Data. */
export const data: Texts['data'] = {
  search: 'Order, customer, flow id, request, or an amount (2,301.01)',
  allMonths: 'All months',
  scope: 'Months',
  grid: 'Rows found',
  detail: 'This row',
  columns: {
    cycle: 'Month',
    kind: 'Statement',
    customer: 'Customer',
    number: 'Order / number',
    what: 'About',
    amount: 'Amount',
    file: 'File',
    row: 'Row',
  },
  start: 'Find one thing in all statements of all months',
  startHint:
    'Type any part of an order, customer id, customer name, flow id or other number; a figure with decimals is looked for as an amount, of either sign, to the last decimal. Open a row to see each of its cells in its file, and the findings that rest on it.',
  startEmpty: 'Nothing is imported yet: begin on the page Import.',
  short: 'Type at least 2 characters.',
  searching: 'Searching…',
  nothing: 'Nothing found',
  nothingText: 'No row in force holds this number or name. Rows that a newer version replaced and imports that were undone are left out.',
  nothingFigure: (amount) =>
    `No row has exactly ${amount} (of either sign). Totals are in no single row: follow them step by step under Reconcile.`,
  found: (n, more) => (more ? `The first ${n} rows; there are more: be more specific` : counted(n, 'row')),
  asFigure: (amount) => `as the amount ${amount}`,
  none: 'Choose a row to see each of its cells in its file.',
  findings: 'Findings that rest on this row',
  noFindings: 'No finding rests on this row.',
  same: 'Find the same:',
  lookUp: 'Find this order in all statements',
};
