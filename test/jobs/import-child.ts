import { createApp } from '../../electron/app.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';

/** Imports one file into a workspace in a process of its own, which the test kills; writes a line for each progress and at the end. */
const [workspace = '', file = ''] = process.argv.slice(2);
const files = createFileRegistry();
const app = createApp({ workspace, resources, host: 'cli', files, onEvent: (event) => void process.stdout.write(`${event}\n`) });
const reply = await app.dispatch('imports.commit', { tokens: [files.register(file)] });
process.stdout.write(`end ${reply.ok}\n`);
await app.close();
