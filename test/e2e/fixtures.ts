import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, chromium, expect, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test';
import { openAt, slow } from './opening.ts';

const root = path.resolve(import.meta.dirname, '../..');
const standIn = path.join(root, 'test/stand-in');
/** How long an app may take to open (ms); Playwright's own half minute is too little where several open on one core. */
const patience = 180_000;
/** The real Electron where its binary is (`npx install-electron`), the stand-in where it cannot be had. */
export const realElectron = fs.existsSync(path.join(root, 'node_modules/electron/dist/version')) && process.env['E2E_STAND_IN'] !== '1';

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
}
export interface Served {
  readonly url: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Interrupts the host as Ctrl+C does; answers its exit code. */
  stop(): Promise<number | null>;
}
interface Fixtures {
  /** A folder of this test's own, removed afterwards. */
  readonly folder: string;
  readonly workspace: string;
  /** Opens the built app in its window. `dropFolder` is where dropped files lie, for the stand-in. */
  readonly launch: (dropFolder?: string) => Promise<Launched>;
  /** Runs the built loopback host and opens its address in a Chromium. */
  readonly serve: () => Promise<Served>;
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-e2e-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  workspace: async ({ folder }, use) => {
    await use(path.join(folder, 'workspace'));
  },
  launch: async ({ workspace }, use) => {
    const open: ElectronApplication[] = [];
    const own: Record<string, string> = realElectron ? {} : { ELECTRON_OVERRIDE_DIST_PATH: standIn, STAND_IN_NODE: process.execPath };
    // Playwright asks the electron package for the executable in this process.
    Object.assign(process.env, own);
    await use(async (dropFolder = '') => {
      const app = await _electron.launch({
        args: [root, `--workspace=${workspace}`, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
        cwd: root,
        timeout: patience,
        env: { ...(process.env as Record<string, string>), ...own, STAND_IN_DROP_FOLDER: dropFolder },
      });
      open.push(app);
      app.process().stderr?.on('data', (text: Buffer) => process.env['E2E_DEBUG'] && process.stderr.write(text));
      const page = await appWindow(app);
      await page.getByRole('main').waitFor();
      return { app, page };
    });
    for (const app of open) await app.close().catch(() => undefined);
  },
  serve: async ({ workspace }, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    await use(async () => {
      const host = spawn(process.execPath, [path.join(root, 'dist/main/cli.js'), '--workspace', workspace, 'serve'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise<number | null>((resolve) => host.once('exit', resolve));
      const stop = (): Promise<number | null> => {
        host.kill('SIGINT');
        return ended;
      };
      ends.push(stop);
      const url = await new Promise<string>((resolve, reject) => {
        let text = '';
        host.stdout.on('data', (part: Buffer) => {
          const address = /http:\S+(?=\s)/.exec((text += String(part)))?.[0];
          if (address) resolve(address);
        });
        host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${text}`)));
      });
      const browser = await openBrowser();
      ends.push(() => browser.close());
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } });
      const page = await context.newPage();
      await slow(page);
      await openAt(page, url);
      return { url, context, page, stop };
    });
    for (const end of ends.reverse()) await end();
  },
});

/** The app's own window; before it one may tell that an older workspace is being upgraded. */
async function appWindow(app: ElectronApplication): Promise<Page> {
  const find = (): Page | undefined => app.windows().find((window) => !/^(about|data):|^$/.test(window.url()));
  await expect.poll(find, { timeout: patience }).toBeDefined();
  return find()!;
}

/** Debian's Chromium, or the Chrome that is installed. */
export function openBrowser(): ReturnType<typeof chromium.launch> {
  const debian = '/usr/bin/chromium';
  const args = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ ...(fs.existsSync(debian) ? { executablePath: debian } : { channel: 'chrome' }), args, chromiumSandbox: false });
}

export { expect };
