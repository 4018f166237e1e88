import fs from 'node:fs/promises';
import path from 'node:path';
import type { Reply } from '../contract.ts';
import type { Dispatch } from '../dispatch.ts';
import { AppError } from '../errors.ts';
import type { FileRegistry } from '../files.ts';
import type { PrintOutcome } from './print-pdf.ts';
import type { ChooseOptions, ChosenFile } from '../window-api.ts';

/** The part of Electron's `ipcMain` that is used; typed by shape, because hosts do not know Electron. */
export interface IpcReceiver {
  handle(channel: string, listener: (event: IpcCall, ...args: unknown[]) => Promise<Reply>): void;
}
export interface IpcCall {
  /** Null when the frame is gone or has navigated away since it called. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** What only the desktop can do. Paths stay on this side. */
export interface Desktop {
  choose(options: ChooseOptions): Promise<string[]>;
  /** False when the person cancels. */
  save(file: string, suggestedName: string): Promise<boolean>;
  print(file: string): Promise<PrintOutcome>;
}

export interface IpcOptions {
  readonly receiver: IpcReceiver;
  readonly dispatch: Dispatch;
  readonly files: FileRegistry;
  readonly desktop: Desktop;
  /** Addresses begin with one of these, or the call is refused. */
  readonly pages: readonly string[];
}

/** Kinds of file that are opened in their own programs; anything else could run. */
const openable = new Set(['.pdf', '.xlsx', '.csv', '.txt', '.json', '.md', '.png']);

/** Connects the window's page: methods by name, files by token. Calls of any other page, and of frames within ours, are refused. */
export function serveIpc({ receiver, dispatch, files, desktop, pages }: IpcOptions): void {
  const handle = (channel: string, work: (...args: unknown[]) => Promise<Reply>): void =>
    receiver.handle(channel, async (event, ...args) => {
      const frame = event.senderFrame;
      if (!frame || frame.parent !== null || !pages.some((page) => frame.url.startsWith(page))) return refused(untrusted());
      return work(...args).catch(refused);
    });
  const chosen = async (paths: readonly string[]): Promise<Reply> => done(await Promise.all(paths.map((file) => choose(files, file))));

  handle('call', (method, input) => dispatch(String(method), input));
  handle('files.drop', async (paths) => chosen(pathList(paths)));
  handle('files.choose', async (options) => {
    const { folders = false, multiple = false } = (options ?? {}) as ChooseOptions;
    return chosen(await desktop.choose({ folders: folders === true, multiple: multiple === true }));
  });
  handle('files.read', async (token) => done(new Uint8Array(await readPdf(files, token))));
  handle('files.print', async (token) => done(await desktop.print(toOpen(files, token))));
  handle('files.save', async (token, name) => done(await desktop.save(files.resolve(String(token)), path.basename(String(name)))));
}

async function choose(files: FileRegistry, file: string): Promise<ChosenFile> {
  const stat = await fs.stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  return { token: files.register(file), name: path.basename(file), size: stat.isFile() ? stat.size : 0 };
}

const unreadable = (file: string, { code }: NodeJS.ErrnoException): AppError =>
  new AppError('file.unreadable', {
    zh: `读不到“${path.basename(file)}”（${code}）。请确认它还在原处、没有被移走，再试一次。`,
    en: `"${path.basename(file)}" cannot be read (${code}). Make sure that it is still there and try again.`,
  });

/** The preload sends what `webUtils.getPathForFile` says: the path of a real file, or '' for one that a page made up. */
function pathList(value: unknown): string[] {
  const paths: unknown[] = Array.isArray(value) ? value : [];
  const real = paths.filter((p): p is string => typeof p === 'string' && path.isAbsolute(p));
  if (real.length === paths.length) return real;
  throw new AppError('file.not-on-disk', {
    zh: '拖入的内容不是磁盘上的文件。请先保存到文件夹，再拖入或选择。',
    en: 'What was dropped is not a file on disk. Save it to a folder first, then drop or choose it.',
  });
}

/** Only what we wrote to be looked at: the page has no other way to the bytes of a file. */
async function readPdf(files: FileRegistry, token: unknown): Promise<Buffer> {
  const file = toOpen(files, token);
  if (path.extname(file).toLowerCase() !== '.pdf') throw notOpenable(file);
  return fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
}

function toOpen(files: FileRegistry, token: unknown): string {
  const file = files.resolve(String(token));
  if (openable.has(path.extname(file).toLowerCase())) return file;
  throw notOpenable(file);
}

const notOpenable = (file: string): AppError =>
  new AppError('file.not-openable', {
    zh: `这种文件不从核账里打开：${path.basename(file)}。请另存后自行打开。`,
    en: `Hezhang does not open this kind of file: ${path.basename(file)}. Save it and open it yourself.`,
  });

const done = (value: unknown): Reply => ({ ok: true, value });

function refused(error: unknown): Reply {
  if (error instanceof AppError) return { ok: false, error: { code: error.code, message: error.text } };
  const why = error instanceof Error ? error.message : String(error);
  return { ok: false, error: { code: 'internal', message: { zh: `操作没有完成：${why}`, en: `The operation failed: ${why}` } } };
}

const untrusted = (): AppError =>
  new AppError('sender.untrusted', { zh: '只有核账自己的页面可以调用。', en: "Only Hezhang's own page may call." });
