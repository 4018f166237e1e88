/** What `import … from 'electron'` gives the main process under the stand-in; README.md says how it differs. */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { startChromium, stopChromium } from './chromium.ts';
import { ipcMain } from './ipc-main.ts';
import { protocol } from './schemes.ts';
import { strict } from './strict.ts';
import { becomeReady, packageInfo } from './surroundings.ts';
import { WebContents } from './web-contents.ts';

const asks = (what: string) => (): never => {
  throw new Error(`stand-in: ${what} would wait for a person; answer for them in the test`);
};
const dialog = strict('dialog', {
  showOpenDialog: asks('dialog.showOpenDialog'),
  showSaveDialog: asks('dialog.showSaveDialog'),
  showMessageBox: asks('dialog.showMessageBox'),
  showErrorBox: (title, content) => console.error(title, content),
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>);
const shell = strict('shell', { openPath: asks('shell.openPath') } satisfies Pick<Electron.Shell, 'openPath'>);
const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler(_handler) {},
    setPermissionCheckHandler(_handler) {},
  } satisfies Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>),
});
const screen = strict('screen', {
  getDisplayMatching: (_bounds: Electron.Rectangle) => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
});
const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown) => ({ template }),
  setApplicationMenu: (_menu: unknown) => undefined,
});
// Playwright's launcher finds a window by its page through this one.
const webContents = strict('webContents', {
  fromDevToolsTargetId: (target: string) => BrowserWindow.getAllWindows().find((w) => w.webContents.targetId === target)?.webContents,
  getAllWebContents: () => [...WebContents.all],
});

/** For boot.mjs alone. */
export const __standIn = {
  setApp: (info: typeof packageInfo): void => void Object.assign(packageInfo, info),
  async start(): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
    process.on('exit', stopChromium);
    await startChromium();
    becomeReady();
    app.emit('ready', {}, {});
  },
};
export { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session, shell, webContents };
export default { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session, shell, webContents };
