import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { Cdp } from './cdp.ts';
import { switches } from './surroundings.ts';

let child: ChildProcess | undefined;
let profile: string | undefined;
let tell!: (cdp: Cdp) => void;
/** Settles when the browser listens. */
export const chromium = new Promise<Cdp>((resolve) => (tell = resolve));
export const debug = Boolean(process.env['STAND_IN_DEBUG']);

const fixed = [
  '--headless',
  '--no-startup-window',
  '--remote-debugging-port=0',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
];

export async function startChromium(): Promise<void> {
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'stand-in-'));
  const given = [...switches].filter(([key]) => !/^(remote-debugging|user-data-dir|workspace)/.test(key));
  const args = [`--user-data-dir=${profile}`, ...fixed, ...given.map(([key, value]) => (value ? `--${key}=${value}` : `--${key}`))];
  const browser = spawn(process.env['STAND_IN_CHROMIUM'] ?? '/usr/bin/chromium', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child = browser;
  const url = await new Promise<string>((resolve, reject) => {
    browser.once('error', reject);
    browser.once('exit', (code) => reject(new Error(`Chromium ended at once (${code})`)));
    readline.createInterface({ input: browser.stderr }).on('line', (line) => {
      const address = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
      // Playwright's launcher waits for this very line of Electron's.
      if (address) process.stderr.write(`${line}\n`);
      else if (debug) process.stderr.write(`[chromium] ${line}\n`);
      if (address) resolve(address);
    });
  });
  const cdp = await Cdp.connect(url);
  await cdp.send('Target.setDiscoverTargets', { discover: true });
  tell(cdp);
}

export function stopChromium(): void {
  child?.kill('SIGKILL');
  if (profile) fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
}
