import fs from 'node:fs';
import path from 'node:path';
import { openForReading, openForWriting, pendingUpgrade } from '../db/open.ts';
import type { Text } from './core/finding.ts';
import { upgradeWords } from './core/wording/upgrade.ts';
import type { EventName, EventPayload, Handlers } from './contract.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import type { FileRegistry } from './files.ts';
import { makeFolders } from './folders.ts';
import type { AppContext, Resources } from './handlers/context.ts';
import { aboutHandlers } from './handlers/about.ts';
import { afterMailingHandlers } from './handlers/after-mailing.ts';
import { backupHandlers } from './handlers/backup.ts';
import { bridgeHandlers } from './handlers/bridge.ts';
import { closingHandlers } from './handlers/closing.ts';
import { dataHandlers } from './handlers/data.ts';
import { deadlineHandlers } from './handlers/deadlines.ts';
import { disputeHandlers } from './handlers/dispute.ts';
import { disputesHandlers } from './handlers/disputes.ts';
import { findingHandlers } from './handlers/findings.ts';
import { importHandlers } from './handlers/imports.ts';
import { invoiceHandlers } from './handlers/invoices.ts';
import { mappingHandlers } from './handlers/mappings.ts';
import { matchHandlers } from './handlers/matches.ts';
import { scopeHandlers } from './handlers/scopes.ts';
import { monthHandlers } from './handlers/month.ts';
import { repaymentHandlers } from './handlers/repayments.ts';
import { reportHandlers } from './handlers/report.ts';
import { requestHandlers } from './handlers/requests.ts';
import { settingHandlers } from './handlers/settings.ts';
import { watchHandlers } from './handlers/watch.ts';
import { workspaceHandlers } from './handlers/workspace.ts';
import { cancelled } from './jobs/cancelled.ts';
import { nowText } from './jobs/clock.ts';
import { JobRunner } from './jobs/runner.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface AppOptions {
  /** The folder of `hezhang.db`, `files/` and `backups/`; made if missing. */
  readonly workspace: string;
  readonly resources: Resources;
  readonly host: 'electron' | 'browser' | 'cli';
  readonly files: FileRegistry;
  onEvent(event: EventName, payload: unknown): void;
  /** Hears of our own faults; the caller of the method gets an `internal` error. */
  onDefect?(method: string, error: unknown): void;
}

export interface App {
  readonly dispatch: Dispatch;
  close(): Promise<void>;
}

/**
 * As `createApp`, where a workspace of an older version is brought up to date first, beside this thread: that copies and reads all of its database. `onUpgrade`
 * hears what is going to happen, `onEvent` how far it is; until it resolves or rejects the workspace is not to be opened. Aborting leaves it as it was.
 */
export async function openApp(options: AppOptions & { readonly signal?: AbortSignal; onUpgrade(what: Text): void }): Promise<App> {
  const { workspace, resources, signal, onUpgrade } = options;
  const database = path.join(workspace, 'hezhang.db');
  const pending = pendingUpgrade(database, resources.migrations);
  if (pending) {
    onUpgrade(upgradeWords(workspace, pending));
    if (signal?.aborted) throw cancelled({ name: 'upgrade' }, 0);
    const jobs = new JobRunner({
      database,
      filesFolder: path.join(workspace, 'files'),
      migrations: resources.migrations,
      onProgress: (progress) => options.onEvent('progress', progress),
    });
    const cancel = (): void => void jobs.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      await jobs.run({ name: 'upgrade' });
    } finally {
      signal?.removeEventListener('abort', cancel);
      await jobs.close();
    }
  }
  return createApp(options);
}

/** The whole application as named methods, with no window around it. Throws NewerDatabase where a newer version wrote the workspace. */
export function createApp(options: AppOptions): App {
  const { workspace, resources } = options;
  const database = path.join(workspace, 'hezhang.db');
  const filesFolder = path.join(workspace, 'files');
  makeFolders(filesFolder);
  // Its own folder for each process: a command line beside an open window must not empty the window's results.
  const resultsFolder = temporaryFolder('results');
  openForWriting(database, resources.migrations).close();
  const db = openForReading(database);
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>): void => options.onEvent(event, payload);
  const jobs = new JobRunner({ database, filesFolder, migrations: resources.migrations, onProgress: (p) => emit('progress', p) });
  const context: AppContext = {
    workspace,
    host: options.host,
    db,
    jobs,
    files: options.files,
    resources,
    resultsFolder,
    now: nowText,
    emit,
    write: (work) =>
      jobs.exclusive(() => {
        const writer = openForWriting(database, resources.migrations);
        try {
          return work(writer);
        } finally {
          writer.close();
        }
      }),
  };
  const watch = watchHandlers(context);
  const bridge = bridgeHandlers(context);
  const data = dataHandlers(context);
  const handlers: Handlers = {
    ...watch.handlers,
    ...bridge.handlers,
    ...aboutHandlers(context),
    ...importHandlers(context),
    ...mappingHandlers(context),
    ...monthHandlers(context),
    ...closingHandlers(context),
    ...data.handlers,
    ...deadlineHandlers(context),
    ...repaymentHandlers(context),
    ...matchHandlers(context),
    ...scopeHandlers(context),
    ...disputeHandlers(context),
    ...disputesHandlers(context),
    ...reportHandlers(context),
    ...findingHandlers(context),
    ...requestHandlers(context),
    ...afterMailingHandlers(context),
    ...invoiceHandlers(context),
    ...settingHandlers(context),
    ...workspaceHandlers(context),
    ...backupHandlers(context),
  };
  return {
    dispatch: createDispatch(handlers, options.onDefect ?? (() => undefined), workspace),
    async close() {
      watch.stop();
      await jobs.close();
      await bridge.close();
      await data.close();
      db.close();
      fs.rmSync(resultsFolder, { recursive: true, force: true });
    },
  };
}
