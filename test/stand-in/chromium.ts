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

/** Chromium itself ends now and then while it starts, which says nothing about the app: then it is started again. */
export async function startChromium(tries = 3): Promise<void> {
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'stand-in-'));
  const given = [...switches].filter(([key]) => !/^(remote-debugging|user-data-dir|workspace)/.test(key));
  const args = [`--user-data-dir=${profile}`, ...fixed, ...given.map(([key, value]) => (value ? `--${key}=${value}` : `--${key}`))];
  const browser = spawn(process.env['STAND_IN_CHROMIUM'] ?? '/usr/bin/chromium', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child = browser;
  try {
    const url = await listening(browser);
    const cdp = await Cdp.connect(url);
    await cdp.send('Target.setDiscoverTargets', { discover: true });
    // Playwright's launcher waits for this very line of Electron's.
    process.stderr.write(`DevTools listening on ${url}\n`);
    tell(cdp);
  } catch (error) {
    stopChromium();
    if (tries === 1) throw error;
    await startChromium(tries - 1);
  }
}

function listening(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    browser.once('error', reject);
    browser.once('exit', (code) => reject(new Error(`Chromium ended at once (${code})`)));
    readline.createInterface({ input: browser.stderr! }).on('line', (line) => {
      const address = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
      if (address) resolve(address);
      else if (debug) process.stderr.write(`[chromium] ${line}\n`);
    });
  });
}

export function stopChromium(): void {
  child?.kill('SIGKILL');
  if (profile) fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
}
