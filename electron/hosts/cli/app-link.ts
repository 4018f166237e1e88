import { AppError } from '../../errors.ts';
import type { Dispatch } from '../../dispatch.ts';
import type { FileRegistry } from '../../files.ts';
import { workspaceFolder } from '../../workspace.ts';
import type { CliParts } from './session.ts';

/** The app behind a command, opened by the first call: a command that refuses its arguments touches no workspace. */
export interface AppLink {
  readonly dispatch: Dispatch;
  /** Opens the app now; rejects where the workspace cannot be opened. */
  open(): Promise<void>;
  /** Asks a running job to stop. */
  cancel(): void;
  close(): Promise<void>;
  /** The report of the last defect, where there was one. */
  report(): string | undefined;
  subscribe(listener: (event: string, payload: unknown) => void): () => void;
}

export function linkApp(parts: CliParts, host: 'cli' | 'browser', workspace: string | undefined, files: FileRegistry): AppLink {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  let report: string | undefined;
  let opened: ReturnType<CliParts['createApp']> | undefined;
  const folder = workspaceFolder(workspace);
  const openApp: CliParts['createApp'] = async (options) => {
    try {
      return await parts.createApp(options);
    } catch (error) {
      throw unusable(folder, error) ?? error;
    }
  };
  const app = (): ReturnType<CliParts['createApp']> =>
    (opened ??= openApp({
      workspace: folder,
      host,
      files,
      onEvent: (event, payload) => {
        for (const listener of listeners) listener(event, payload);
      },
      onDefect: (method, error) => {
        report = parts.writeReport(method, error);
      },
    }));
  return {
    dispatch: async (method, input) => (await app()).dispatch(method, input),
    open: async () => void (await app()),
    cancel: () => void opened?.then((one) => one.dispatch('jobs.cancel', {})),
    async close() {
      // An app that could not be opened has told so already, and there is nothing to close.
      const one = await opened?.catch(() => undefined);
      await one?.close();
    },
    report: () => report,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Why the workspace cannot be opened, where that is its fault and not ours. */
function unusable(folder: string, error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'NewerDatabase') {
    return new AppError('workspace.newer', {
      zh: `工作区 ${folder} 是更新版本的核账写的，本版本不能打开（${error.message}）：请升级核账，数据没有改动`,
      en: `A newer version of Hezhang wrote the workspace ${folder} (${error.message}): update Hezhang; nothing was changed`,
    });
  }
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code !== 'string' || !/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOSPC|SQLITE_.+)$/.test(code)) return undefined;
  return new AppError('workspace.unusable', {
    zh: `工作区 ${folder} 打不开（${code}）：请检查文件夹的权限和磁盘，或用 --workspace 换一个`,
    en: `The workspace ${folder} cannot be opened (${code}): check its permissions and the disk, or choose another with --workspace`,
  });
}
