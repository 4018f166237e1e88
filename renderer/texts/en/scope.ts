import type { Texts } from '../zh.ts';

export const scope: Texts['scope'] = {
  title: 'What the file covers',
  what: 'If the export was by some account managers or customers only, say so here. Rows of the other statement outside of it stand in a step of their own and are no finding; rows of which nobody knows whose they are are compared as ever. Without a mark a file covers everything.',
  statement: 'Statement',
  managers: 'Account managers',
  managersHint: 'Only customers of these managers; Enter after each name',
  customers: 'Customers',
  customersHint: 'Or only these customers; Enter after each customer id or account name',
  needsNames: 'Name account managers or customers',
  keep: 'Keep the mark',
  kept: 'Marked; reconcile the months concerned again',
  undo: 'Take the mark back',
  undone: 'Taken back; reconcile the months concerned again',
  mark: 'Scope…',
  only: 'Only ',
};
