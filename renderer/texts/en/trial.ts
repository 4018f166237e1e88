import type { Texts } from '../zh.ts';

/** What a change would make of a month, and what changed since the last run. */
export const trial: Texts['trial'] = {
  nothing: 'No effect: findings and bridges stay as they are.',
  counts: (added, gone, changed) => `Findings: ${added} new, ${gone} gone, ${changed} changed`,
  change: { new: 'new', gone: 'gone', changed: 'changed' },
  findings: 'Findings that change',
  more: (n) => `${n} more are not listed`,
  bridge: 'Bridge',
  step: 'Amount',
  before: 'Now',
  after: 'After',
  sinceTitle: 'Since the last run',
  since: (at) => `Since the run of ${at}:`,
  sinceNone: 'nothing changed',
  show: 'Show',
  hide: 'Hide',
};
