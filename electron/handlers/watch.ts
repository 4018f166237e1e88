import fs from 'node:fs/promises';
import path from 'node:path';
import { setWatchedFolder, watchedFolder } from '../../db/watched-folder.ts';
import type { Handlers } from '../contract.ts';
import { AppError } from '../errors.ts';
import { FolderWatch } from '../jobs/folder-watch.ts';
import type { AppContext } from './context.ts';

/** Between two looks at the folder: a download that has not grown for as long is done. */
const pauseMs = 3000;

/**
 * Watching a folder, off until the person names one: new downloads are told of (event `found`), never read or committed unasked. `stop` ends it.
 * The command line never watches.
 */
export function watchHandlers(context: AppContext): { handlers: Pick<Handlers, 'watch.get' | 'watch.set'>; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let watching: FolderWatch | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    watching = undefined;
  };
  /** Resolves once what the folder holds now is known; whatever comes later is new. */
  const start = async (folder: string): Promise<void> => {
    stop();
    const watch = (watching = new FolderWatch(folder));
    const look = async (): Promise<void> => {
      const found = await watch.look();
      if (watching !== watch) return;
      if (found.length > 0) {
        context.emit('found', { files: found.map((file) => ({ token: context.files.register(file), name: path.basename(file) })) });
      }
      timer = setTimeout(() => void look(), pauseMs).unref();
    };
    await look();
  };
  const current = (): { folder?: string } => {
    const folder = watchedFolder(context.db);
    return folder === undefined ? {} : { folder: path.basename(folder) || folder };
  };
  const kept = watchedFolder(context.db);
  if (kept !== undefined && context.host !== 'cli') void start(kept);
  return {
    stop,
    handlers: {
      'watch.get': current,
      'watch.set': async ({ token }) => {
        const folder = token === null ? undefined : await checkedFolder(context.files.resolve(token));
        await context.write((db) => setWatchedFolder(db, folder, context.now()));
        if (folder === undefined) stop();
        else if (context.host !== 'cli') await start(folder);
        return current();
      },
    },
  };
}

async function checkedFolder(folder: string): Promise<string> {
  const stat = await fs.stat(folder).catch(() => undefined);
  if (stat?.isDirectory()) return folder;
  throw new AppError('watch.no-folder', {
    zh: `“${path.basename(folder)}”不是文件夹，或已经不在了：请重新选择要监视的文件夹。`,
    en: `"${path.basename(folder)}" is no folder, or is gone: choose the folder to watch again.`,
  });
}
