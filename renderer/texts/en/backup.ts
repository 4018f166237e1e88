import type { Texts } from '../zh.ts';
import { counted } from '../../../electron/core/display-count.ts';

/** Backup, restore, verify. */
export const backup: Texts['backup'] = {
  title: 'Backup and restore',
  hint: 'One file with the database and every original; read back and checked once written.',
  backUp: 'Back up…',
  restore: 'Restore…',
  verify: 'Check the data',
  backedUp: (originals) => `Backup saved with ${counted(originals, 'original')}`,
  restoreTitle: 'Replace the present data by a backup?',
  restoreWhat: (name) =>
    `"${name}" is checked first and nothing is replaced unless it is whole. The present data is backed up to the folder backups of the workspace and can be restored again.`,
  doRestore: 'Restore',
  restored: (at, previous) => `Restored the backup of ${at}; what was there is in backups/${previous}`,
  notes: 'Originals that are not in the backup',
  sound: (files, lines) =>
    `All sound: the database, ${counted(files, 'original')}, ${counted(lines, 'journal line')} and every bridge were checked`,
  faults: (n) => `${counted(n, 'fault')} found`,
};
