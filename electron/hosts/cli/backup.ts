import path from 'node:path';
import type { Command } from './command.ts';
import { onlyArgument, type Session } from './session.ts';
import { counted } from '../../core/display-count.ts';

export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE',
  text: {
    zh: '把数据库和全部原件备份成一个文件（使用中也可以）',
    en: 'back the database and all originals up into one file, even while in use',
  },
  options: {},
  async run(session) {
    const target = fileArgument(session);
    const { originals, notes } = await session.call('workspace.backup', { token: session.files.register(target) });
    const told = notes.map(session.say);
    session.print({ files: [target], ...(told.length > 0 && { notes: told }) }, () => [
      session.say({
        zh: `已备份到 ${target}，含 ${originals} 个原件，已读回核对`,
        en: `Backed up to ${target} with ${counted(originals, 'original')}, read back and checked`,
      }),
      ...told.map((note) => `  ${note}`),
    ]);
    return 0;
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE',
  text: {
    zh: '从备份恢复；先全部核对，恢复前的状态留在 backups/',
    en: 'restore a backup; all of it is checked first, what was there is kept in backups/',
  },
  options: {},
  async run(session) {
    const file = fileArgument(session);
    const { at, originals, previous, notes } = await session.call('workspace.restore', { token: session.files.register(file) });
    const told = notes.map(session.say);
    session.print({ restored: file, at, originals, previous, ...(told.length > 0 && { notes: told }) }, () => [
      session.say({
        zh: `已恢复到 ${at} 的备份，含 ${originals} 个原件；恢复前的状态在 backups/${previous}`,
        en: `Restored the backup of ${at} with ${counted(originals, 'original')}; what was there is in backups/${previous}`,
      }),
      ...told.map((note) => `  ${note}`),
    ]);
    return 0;
  },
};

const fileArgument = (session: Session): string =>
  path.resolve(session.cwd, onlyArgument(session, { zh: '备份文件', en: 'the backup file' }));
