import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AppError } from './errors.ts';

/** Files that a window may name: it holds tokens, never paths. */
export interface FileRegistry {
  /** The token of an absolute path; the same path has the same token. `shownAs`: the name by which the person knows a copy that a host made. */
  register(file: string, shownAs?: string): string;
  /** How a path is shown to the person: by the name it was registered with, else as it is. */
  shown(file: string): string;
  /** The absolute path. Throws AppError `file.unknown` for anything that was not registered in this session. */
  resolve(token: string): string;
}

/** An empty registry; it lives as long as the app's process. */
export function createFileRegistry(): FileRegistry {
  const paths = new Map<string, string>();
  const tokens = new Map<string, string>();
  const names = new Map<string, string>();
  return {
    register(file, shownAs) {
      const absolute = path.resolve(file);
      if (shownAs !== undefined) names.set(absolute, shownAs);
      const known = tokens.get(absolute);
      if (known !== undefined) return known;
      const token = randomBytes(16).toString('base64url');
      tokens.set(absolute, token);
      paths.set(token, absolute);
      return token;
    },
    shown: (file) => names.get(file) ?? file,
    resolve(token) {
      const file = paths.get(token);
      if (file !== undefined) return file;
      throw new AppError('file.unknown', {
        zh: '这个文件不是在本次运行中选择或生成的，请重新选择。',
        en: 'This file was not chosen or made since the app was started: choose it again.',
      });
    },
  };
}
