import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CliParts } from './session.ts';

/** The real app, loaded only by a command that needs it. */
export const appParts: CliParts = {
  async createApp(options) {
    const [{ openApp }, { resources }] = await Promise.all([import('../../app.ts'), import('../../resources.ts')]);
    return openApp({ ...options, resources });
  },
  async createFiles() {
    return (await import('../../files.ts')).createFileRegistry();
  },
  async startLoopback(options) {
    const [{ startLoopback }, { resources }] = await Promise.all([import('../loopback.ts'), import('../../resources.ts')]);
    return startLoopback({ ...options, renderer: resources.renderer });
  },
  writeReport(what, error) {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-report-')), 'report.txt');
    const { node, v8 } = process.versions;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    fs.writeFileSync(file, `${what}\nnode ${node}, v8 ${v8}, ${process.platform} ${process.arch}\n\n${stack}\n`);
    return file;
  },
};
