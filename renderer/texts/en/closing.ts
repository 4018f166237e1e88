import type { Texts } from '../zh.ts';
import { counted } from '../../../electron/core/display-count.ts';

/** Report, closing, reopening. */
export const closing: Texts['closing'] = {
  report: 'Month report…',
  reportHint: 'One workbook: a page of summary, all findings, every bridge',
  close: 'Close…',
  closeHint: 'A second person reviews the month and it is locked',
  reopen: 'Reopen…',
  closedTag: 'Closed',
  closedBy: (prepared, reviewed, at) => `Closed ${at}: prepared by ${prepared}, reviewed by ${reviewed}`,
  closeTitle: (cycle) => `Close ${cycle}`,
  reopenTitle: (cycle) => `Reopen ${cycle}`,
  closeWhat:
    'Once closed, the result of this month no longer changes: files with its rows are not imported, imports it rests on are not undone, and it is not reconciled again. Statuses and notes of findings can still be updated.',
  openLeft: (n) => `${counted(n, 'finding is', 'findings are')} still open and can be followed up after closing.`,
  reopenWhat: 'Once reopened, files can be added and the month reconciled again; the earlier closing and the reason are kept.',
  preparedBy: 'Prepared by',
  reviewedBy: 'Reviewed by (another person)',
  reason: 'Reason',
  doClose: 'Close the month',
  doReopen: 'Reopen',
  closed: (cycle) => `${cycle} is closed`,
  reopened: (cycle) => `${cycle} is open again`,
  saved: (name) => `Saved ${name}`,
};
