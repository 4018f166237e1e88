import type { Texts } from '../zh.ts';

/** Reconcile. */
export const reconcile: Texts['reconcile'] = {
  bridges: 'Bridges',
  checks: 'Checks',
  matches: 'Matched by hand',
  pair: 'Compared',
  step: 'Item',
  rows: 'Rows',
  amount: 'Amount (CNY)',
  left: 'Left',
  right: 'Right',
  unexplained: 'Unexplained',
  closes: 'Left + steps + unexplained = right, to the last decimal',
  hideZero: 'Hide steps of zero',
  findingsOf: 'Unexplained findings',
  findingsNone: 'Nothing is unexplained.',
  finding: 'Check',
  business: 'Customer / trade',
  skipped: 'Not compared',
  missing: (what) => `Missing: ${what}. Import it and reconcile again.`,
  checkColumns: { code: 'Code', name: 'What it checks', compared: 'Compared', findings: 'Findings', skipped: 'State' },
  ran: 'Ran',
  checksRun: (ran, all) => `${ran} ran, ${all - ran} did not`,
};
