import fs from 'node:fs';
import path from 'node:path';
import { AppError } from './errors.ts';

/**
 * Makes a folder and those above it that are missing. One after another: Node's own `recursive` never returns where a file system answers ENOENT
 * although the folder above is there, as /proc does. Throws AppError `write.no-folder` where none can be made, else what the system said.
 */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !fs.existsSync(at) && path.dirname(at) !== at; at = path.dirname(at)) missing.push(at);
  for (const one of missing.reverse()) {
    try {
      fs.mkdirSync(one);
    } catch (error) {
      // Somebody else made it meanwhile.
      if (!fs.statSync(one, { throwIfNoEntry: false })?.isDirectory()) throw refused(one, error);
    }
  }
}

function refused(folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (!/^(?:ENOENT|ELOOP|EINVAL|ENXIO|ENODEV|ENOTSUP)$/.test(code ?? '')) return error;
  return new AppError(
    'write.no-folder',
    {
      zh: `不能建立文件夹 ${folder}（${code}）：那里不是可以存放文件的地方；请核对路径，换一个本机磁盘上的文件夹。`,
      en: `The folder ${folder} cannot be made (${code}): nothing can be stored there; check the path, and choose a folder on a disk of this computer.`,
    },
    { system: code },
  );
}
