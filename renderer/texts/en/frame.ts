import type { Texts } from '../zh.ts';
import { counted } from '../../../electron/core/display-count.ts';

const count = (n: number) => n.toLocaleString('en-US');
const rowsOf = (n: number) => counted(n, 'row');

/** Words around the pages: navigation, month picker, progress, shared buttons. */
export const app: Texts['app'] = { name: 'Hezhang', slogan: 'Every yuan explained' };
export const nav: Texts['nav'] = {
  month: 'Month',
  import: 'Import',
  reconcile: 'Reconcile',
  findings: 'Findings',
  disputes: 'Disputes',
  incentives: 'Incentives',
  invoices: 'Invoices',
  data: 'Data',
  settings: 'Settings',
  label: 'Pages',
};
export const common: Texts['common'] = {
  retry: 'Try again',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copiedRows: (n) => `Copied ${rowsOf(n)}, to be pasted into Excel`,
  loading: 'Reading…',
  none: 'None',
  rows: rowsOf,
  open: 'Open',
  colon: ': ',
  language: 'Language',
  errorTitle: 'Not done',
  defectTitle: 'A defect of ours',
  help: 'Keys',
};
export const cycle: Texts['cycle'] = {
  label: 'Month',
  previous: 'Previous month',
  next: 'Next month',
  placeholder: 'Choose or type, e.g. 2025-09',
  openNew: (c) => `Open ${c} (new month)`,
  notACycle: 'Write a month as 2025-09',
  reconciled: { yes: 'Reconciled', no: 'Not reconciled', stale: 'Reconcile again' },
  open: (n) => `${count(n)} open`,
};
export const jobs: Texts['jobs'] = {
  import: 'Importing',
  reconcile: 'Reconciling',
  preview: 'Trying out',
  drill: 'Looking into the pair',
  verify: 'Checking the data',
  backup: 'Backing up',
  restore: 'Restoring',
  upgrade: 'Upgrading',
  stages: {
    database: 'database',
    journal: 'journal',
    bridges: 'bridges',
    files: 'originals',
    import: 'importing',
    preview: 'recognising',
    problems: 'listing problems',
    hash: 'checking originals',
    write: 'writing',
    check: 'checking the backup',
    keep: 'keeping the present data',
    restore: 'exchanging',
    copy: 'copying the database',
    change: 'changing the database',
    attribution: 'attribution of performance',
    invoices: 'invoices',
    payments: 'payments',
    rows: 'single rows',
    save: 'saving',
  },
  stop: 'Stop',
  stopping: 'Stopping…',
  left: (seconds) => (seconds < 60 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`),
  rows: rowsOf,
  done: 'Reconciled',
  doneFindings: (n) => `Reconciled: ${counted(n, 'finding')}`,
};
