import { counted } from '../../../electron/core/display-count.ts';
import type { Texts } from '../zh.ts';

/** Joined and split by hand. */
export const match: Texts['match'] = {
  heading: 'Matched by hand',
  title: { join: 'Join', split: 'Judge apart', undo: 'Undo a match' },
  what: {
    join: 'The rows of these orders or entries become one group, compared by their sums; what does not add up stays one finding. It holds after a re-import.',
    split: 'This group is no longer compared together with other rows (by customer, as a combined order): only by its own amounts.',
    undo: 'These rows are matched automatically again. The record stays.',
  },
  join: 'Join…',
  split: 'Judge apart…',
  undo: 'Undo…',
  more: 'Choose more findings',
  remove: 'Remove',
  reason: 'Reason',
  reasonHint: 'e.g. combined order: parent and children have different ids',
  needsReason: 'Give a reason first',
  needsTwo: 'Choose at least two findings',
  preview: 'Preview',
  keep: { join: 'Keep and reconcile again', split: 'Keep and reconcile again', undo: 'Undo and reconcile again' },
  said: { join: 'Joined', split: 'Judged apart' },
  saidBy: (by, at) => [by, at].filter(Boolean).join(', '),
  undoneBy: (by, at) => `Undone: ${[by, at].filter(Boolean).join(' ')}`,
  suggested: (n, sameCustomer) => {
    const whose = sameCustomer ? ' of this customer' : '';
    return counted(
      n,
      `finding${whose} on the other side comes to exactly this amount:`,
      `findings${whose} on the other side come to exactly this amount:`,
    );
  },
  state: { active: 'active', idle: 'idle', undone: 'undone' },
  missing: '(not in the data)',
  columns: { state: 'State', pair: 'Statements', keys: 'Orders, products, 业绩ID or flow ids', by: 'Who, when' },
  none: 'Nothing was matched by hand',
  noneHint: 'Select several findings on the findings page, press Join, and give a reason.',
  listHint:
    'Kept by customer and trade id (incentives: by 业绩ID, accounts: by flow id), so it holds after a re-import; undone ones stay listed.',
};
