import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, ipcMain } from 'electron';
import log from 'electron-log/node';
import { openApp, type App } from './app.ts';
import type { EventPayload } from './contract.ts';
import {
  desktopOf,
  denyPermissions,
  openNotice,
  openWindow,
  pageAddress,
  registerScheme,
  servePage,
  setMenu,
  showFailure,
  type Notice,
} from './desktop.ts';
import { createFileRegistry } from './files.ts';
import { serveIpc } from './hosts/ipc.ts';
import { upgradePage } from './hosts/upgrade-page.ts';
import { resources } from './resources.ts';
import { workspaceFault } from './workspace-faults.ts';
import { workspaceFolder } from './workspace.ts';

const preload = path.join(import.meta.dirname, '../preload/preload.cjs');
/** The Vite server of `npm run dev`; never in an installed app. */
const devAddress = app.isPackaged ? undefined : process.env['VITE_DEV_SERVER_URL'];
const { values, positionals } = parseArgs({
  args: process.argv.slice(1),
  options: { workspace: { type: 'string' } },
  allowPositionals: true,
  strict: false,
});

// An installed `hezhang import …` is the command line; among the sources that is `npx hezhang`, and the first word is the app's folder.
if (app.isPackaged && positionals.length > 0) void runCommand(process.argv.slice(1));
else startWindow(workspaceFolder(typeof values.workspace === 'string' ? values.workspace : undefined));

async function runCommand(argv: string[]): Promise<void> {
  app.dock?.hide();
  const { runCli } = await import('./hosts/cli.ts');
  app.exit(await runCli(argv, { stdout: process.stdout, stderr: process.stderr, isTTY: process.stderr.isTTY }));
}

function startWindow(workspace: string): void {
  // Chromium's own files stand in the workspace too, so one window per workspace is what the single-instance lock means.
  app.setPath('userData', path.join(workspace, 'window'));
  log.transports.file.resolvePathFn = () => path.join(workspace, 'window', 'main.log');
  log.transports.console.level = false;
  process.on('uncaughtException', (error) => fail(error));
  process.on('unhandledRejection', (error) => fail(error));
  registerScheme();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  void app.whenReady().then(() => openFirst(workspace));
}

async function openFirst(workspace: string): Promise<void> {
  setMenu();
  denyPermissions();
  const files = createFileRegistry();
  let upgrade: { readonly notice: Notice; page(progress?: EventPayload<'progress'>): string } | undefined;
  let core: App;
  try {
    core = await openApp({
      workspace,
      resources,
      host: 'electron',
      files,
      onUpgrade: (words) => {
        upgrade = { notice: openNotice(), page: (progress) => upgradePage(words, progress) };
        upgrade.notice.show(upgrade.page());
      },
      onEvent: (event, payload) => {
        if (event === 'progress') upgrade?.notice.show(upgrade.page(payload as EventPayload<'progress'>));
        for (const window of BrowserWindow.getAllWindows()) window.webContents.send('event', event, payload);
      },
      onDefect: (method, error) => log.error(method, error),
    });
  } catch (error) {
    const fault = workspaceFault(workspace, error);
    if (!fault) return fail(error);
    log.error(error);
    showFailure(fault.text.zh, fault.text.en);
    return app.exit(1);
  }
  servePage(resources.renderer);
  let window = openWindow(preload, devAddress ?? pageAddress);
  // Not before the other window is there: with the last one the app would end.
  const { notice } = upgrade ?? {};
  upgrade = undefined;
  if (notice) window.once('ready-to-show', () => notice.close());
  serveIpc({
    receiver: ipcMain,
    dispatch: core.dispatch,
    files,
    desktop: desktopOf(
      () => window,
      (what, why) => log.warn(what, why),
    ),
    pages: [pageAddress.replace('index.html', ''), ...(devAddress === undefined ? [] : [devAddress])],
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) window = openWindow(preload, devAddress ?? pageAddress);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeFirst(core);
}

/** Holds the quit until the app has stopped its job and closed the database. */
function closeFirst(core: App): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    core.close().then(
      () => {
        closed = true;
        app.quit();
      },
      (error: unknown) => fail(error),
    );
  });
}

/** What could not be told in the window; it is also in window/main.log of the workspace. */
function fail(error: unknown): void {
  log.error(error);
  const why = error instanceof Error ? error.message : String(error);
  showFailure(`核账遇到错误，需要退出：${why}。已提交的数据都在。`, `Hezhang has to stop: ${why}. What was committed is safe.`);
  app.exit(1);
}
