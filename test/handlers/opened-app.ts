import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createApp } from '../../electron/app.ts';
import type { Input, Method, Output, ReplyError } from '../../electron/contract.ts';
import { createFileRegistry, type FileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';

export interface OpenedApp {
  /** A temporary folder of the test; the workspace is `w` in it. */
  readonly folder: string;
  readonly workspace: string;
  readonly files: FileRegistry;
  readonly events: { readonly event: string; readonly payload: unknown }[];
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  refused(method: Method, input: unknown): Promise<ReplyError>;
  /** Writes a file into the folder and imports it. */
  import(name: string, text: string): Promise<Output<'imports.commit'>['files'][number]>;
}

/** A whole app, with its workers, on a fresh workspace that goes when the test (or, with `afterAll`, all of a file's) is over. */
export function openApp(whenDone: (clean: () => Promise<void>) => void = onTestFinished): OpenedApp {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  const workspace = path.join(folder, 'w');
  const files = createFileRegistry();
  const events: OpenedApp['events'] = [];
  const app = createApp({ workspace, resources, host: 'cli', files, onEvent: (event, payload) => void events.push({ event, payload }) });
  whenDone(async () => {
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const call: OpenedApp['call'] = async (method, input) => {
    const reply = await app.dispatch(method, input);
    if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
    return reply.value as Output<typeof method>;
  };
  return {
    folder,
    workspace,
    files,
    events,
    call,
    async refused(method, input) {
      const reply = await app.dispatch(method, input);
      if (reply.ok) throw new Error(`${method} was not refused`);
      return reply.error;
    },
    async import(name, text) {
      const file = path.join(folder, name);
      fs.writeFileSync(file, text);
      const { files: imported } = await call('imports.commit', { tokens: [files.register(file)] });
      return imported[0]!;
    },
  };
}

/** A payment request export of one month with one request. */
export const requestFile = (cycle: string, amount: string): string =>
  `申付单号,对账期次,激励账单ID,申付金额,税率,币种\nSF${cycle},${cycle},JL1,${amount},6%,CNY\n`;
