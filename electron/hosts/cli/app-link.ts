import type { Dispatch } from '../../dispatch.ts';
import { workspaceFault } from '../../workspace-faults.ts';
import { workspaceFolder } from '../../workspace.ts';
import type { CliParts, StartOptions } from './session.ts';

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

interface LinkOptions extends Pick<StartOptions, 'host' | 'files' | 'signal' | 'onUpgrade'> {
  /** As it was given. */
  readonly workspace: string | undefined;
}

export function linkApp(parts: CliParts, { workspace, ...options }: LinkOptions): AppLink {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  let report: string | undefined;
  let opened: ReturnType<CliParts['createApp']> | undefined;
  const folder = workspaceFolder(workspace);
  const openApp: CliParts['createApp'] = async (options) => {
    try {
      return await parts.createApp(options);
    } catch (error) {
      throw workspaceFault(folder, error) ?? error;
    }
  };
  const app = (): ReturnType<CliParts['createApp']> =>
    (opened ??= openApp({
      ...options,
      workspace: folder,
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
