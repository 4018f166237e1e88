import type { Texts } from '../zh.ts';
import { counted } from '../../../electron/core/display-count.ts';

/** Deadlines, and which entries repay a month's bill. */
export const deadlines: Texts['deadlines'] = {
  title: 'Deadlines',
  hint: 'As the mails say; never computed',
  dateOf: (name) => `Date of ${name}`,
  datePlaceholder: '2025-10-09',
  other: 'Another…',
  left: (days) => (days < 0 ? `${counted(-days, 'day')} ago` : days === 0 ? 'today' : `${counted(days, 'day')} left`),
  open: (n) => (n === 0 ? 'nothing to send' : `${n} to send`),
  repayments: 'Repayments and recharges of later months',
  noDueDate: "Tick what repays this month's bill. No due date is set, so it is not checked.",
  due: (date) => `Tick what repays this month's bill, due on ${date}; a transfer that stands in both accounts only once.`,
  repays: (cycle) => `Repays ${cycle}`,
  accounts: { recharge: 'Recharge', credit: 'Credit' },
};
