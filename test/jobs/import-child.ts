import { createApp } from '../../electron/app.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';

/** Imports one file into a workspace in a process of its own, which is killed at the given progress as by a failure of power. */
const [workspace = '', file = '', at = ''] = process.argv.slice(2);
const files = createFileRegistry();
let seen = 0;
const onEvent = (event: string): void => {
  if (event === 'progress' && ++seen === Number(at)) process.kill(process.pid, 'SIGKILL');
};
const app = createApp({ workspace, resources, host: 'cli', files, onEvent });
await app.dispatch('imports.commit', { tokens: [files.register(file)] });
await app.close();
