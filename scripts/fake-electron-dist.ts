/**
 * A folder shaped like Electron's unpacked archive, without Electron in it: lets electron-builder pack everything else (asar, unpacked binaries,
 * fuses) where the real archive cannot be had. The result does not run; `check-package.ts` reads it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';

// What @electron/fuses looks for: sentinel, wire version 1, length, one byte per fuse ('0' off, '1' on).
const fuses = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101000010')]);
const program = Buffer.concat([Buffer.from('#!/bin/sh\necho "not Electron" >&2\nexit 1\n'), fuses]);

/** Writes the folder anew; `platform` is the one packed for. */
export async function fakeElectronDist(out: string, platform: 'linux' | 'win32'): Promise<void> {
  const { version } = JSON.parse(fs.readFileSync('node_modules/electron/package.json', 'utf8')) as { version: string };
  fs.rmSync(out, { recursive: true, force: true });
  for (const folder of ['resources', 'locales']) fs.mkdirSync(path.join(out, folder), { recursive: true });
  fs.writeFileSync(path.join(out, platform === 'win32' ? 'electron.exe' : 'electron'), program, { mode: 0o755 });
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler']) fs.writeFileSync(path.join(out, name), '', { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) fs.writeFileSync(path.join(out, name), '');
  for (const name of ['zh-CN', 'en-US', 'de']) fs.writeFileSync(path.join(out, 'locales', `${name}.pak`), '');
  fs.writeFileSync(path.join(out, 'version'), version);
  const app = fs.mkdtempSync(path.join(out, 'app-'));
  fs.writeFileSync(path.join(app, 'package.json'), '{}');
  await createPackage(app, path.join(out, 'resources/default_app.asar'));
  fs.rmSync(app, { recursive: true });
}
