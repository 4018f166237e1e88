import { once, type EventEmitter } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, dialog, Menu, protocol, screen, session, shell } from 'electron';
import { readStatic, securityHeaders } from './hosts/http.ts';
import type { Desktop } from './hosts/ipc.ts';
import { printPdf, type PdfWindow } from './hosts/print-pdf.ts';

/** The address of the window's page; only it may call the app. */
export const pageAddress = 'app://hezhang/index.html';

/** Before the app is ready: makes `app://` an origin of its own, with storage and fetch like https. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built page under app://hezhang/ with its security headers, and 404 for everything else. */
export function servePage(renderer: string): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const found = host === 'hezhang' ? await readStatic(renderer, pathname) : undefined;
    if (!found) return new Response(null, { status: 404, headers: securityHeaders });
    return new Response(new Uint8Array(found.bytes), { headers: { ...securityHeaders, 'content-type': found.type } });
  });
}

/** Camera, location, notifications and the rest: the app needs none of them. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, done) => done(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}

interface WindowState {
  readonly bounds: Electron.Rectangle;
  readonly maximized: boolean;
}
const stateFile = (): string => path.join(app.getPath('userData'), 'window.json');

/** Where the window stood last; undefined at first, or when that screen is gone. */
function readState(): WindowState | undefined {
  try {
    const { bounds, maximized } = JSON.parse(fs.readFileSync(stateFile(), 'utf8')) as WindowState;
    const { workArea } = screen.getDisplayMatching(bounds);
    const seen = bounds.x < workArea.x + workArea.width && bounds.x + bounds.width > workArea.x && bounds.y >= workArea.y;
    return seen && bounds.y < workArea.y + workArea.height ? { bounds, maximized: maximized === true } : undefined;
  } catch {
    return undefined;
  }
}

/** The one window. `address` is the page; nothing leads it anywhere else. */
export function openWindow(preload: string, address: string): BrowserWindow {
  const state = readState();
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    ...state?.bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: '核账',
    backgroundColor: '#ffffff',
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    fs.writeFileSync(
      stateFile(),
      JSON.stringify({ bounds: window.getNormalBounds(), maximized: window.isMaximized() } satisfies WindowState),
    );
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event, url) => {
    if (url.split('#')[0] !== address) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, reason);
  });
  void window.loadURL(address);
  return window;
}

/** A window of text alone, for as long as the app cannot open yet; `show` takes a whole page. */
export interface Notice {
  show(page: string): void;
  close(): void;
}
export function openNotice(): Notice {
  const window = new BrowserWindow({
    width: 620,
    height: 330,
    show: false,
    autoHideMenuBar: true,
    title: '核账',
    backgroundColor: '#ffffff',
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  let next: string | undefined;
  let loading = false;
  // One page after another; of those that come meanwhile only the last. The end of the window cuts off the one that is being loaded.
  const load = async (): Promise<void> => {
    loading = true;
    for (let page = next; page !== undefined && !window.isDestroyed(); page = next) {
      next = undefined;
      await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`).catch(() => undefined);
    }
    loading = false;
  };
  return {
    show(page) {
      next = page;
      if (!loading) void load();
    },
    close: () => {
      if (!window.isDestroyed()) window.close();
    },
  };
}

async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: '界面意外停止了。已提交的数据都在。\nThe window stopped unexpectedly. What was committed is safe.',
    detail: reason,
    buttons: ['重新载入 / Reload', '退出 / Quit'],
    cancelId: 1,
  });
  if (response === 0) window.reload();
  else app.quit();
}

/** Tells what went wrong when there is no window to tell it. */
export function showFailure(zh: string, en: string): void {
  dialog.showErrorBox('核账 Hezhang', `${zh}\n\n${en}`);
}

/** A window with Chromium's PDF viewer in it: no preload, no Node, nowhere to go. */
function openPdfWindow(parent: BrowserWindow): PdfWindow {
  const window = new BrowserWindow({
    parent,
    width: 900,
    height: 700,
    autoHideMenuBar: true,
    title: '打印',
    webPreferences: { plugins: true, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  return {
    async load(file) {
      // Electron's own event for its tests of printing, in no documentation; when it is gone, the system's viewer prints.
      const ready = once(webContents as EventEmitter, '-pdf-ready-to-print');
      await window.loadFile(file);
      await ready;
    },
    print: () => new Promise((resolve) => webContents.print({}, (done, reason) => resolve({ done, reason }))),
    closed: new Promise((resolve) => void window.once('closed', resolve)),
    close: () => {
      if (!window.isDestroyed()) window.close();
    },
  };
}

/** Dialogs and the system's own viewers, for the files that the page names by token. */
export function desktopOf(window: () => BrowserWindow, onTrouble: (what: string, why: string) => void): Desktop {
  const open = async (file: string): Promise<void> => {
    const failure = await shell.openPath(file);
    if (failure !== '') throw new Error(failure);
  };
  return {
    async choose({ folders = false, multiple = false }) {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        properties: [folders ? 'openDirectory' : 'openFile', ...(multiple ? (['multiSelections'] as const) : [])],
      });
      return filePaths;
    },
    async save(file, suggestedName) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), { defaultPath: suggestedName });
      if (canceled || !filePath) return false;
      await fs.promises.copyFile(file, filePath);
      return true;
    },
    print: (file) => printPdf(file, { openWindow: () => openPdfWindow(window()), view: open, onTrouble: (why) => onTrouble('print', why) }),
  };
}

/** The menu, in Chinese; roles bring their own shortcuts. */
export function setMenu(): void {
  const mac: Electron.MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      {
        label: '文件',
        submenu: [
          { role: 'close', label: '关闭窗口' },
          { role: 'quit', label: '退出' },
        ],
      },
      {
        label: '编辑',
        submenu: [
          { role: 'undo', label: '撤销' },
          { role: 'redo', label: '重做' },
          { type: 'separator' },
          { role: 'cut', label: '剪切' },
          { role: 'copy', label: '复制' },
          { role: 'paste', label: '粘贴' },
          { role: 'selectAll', label: '全选' },
        ],
      },
      {
        label: '视图',
        submenu: [
          { role: 'zoomIn', label: '放大' },
          { role: 'zoomOut', label: '缩小' },
          { role: 'resetZoom', label: '实际大小' },
          { type: 'separator' },
          { role: 'togglefullscreen', label: '全屏' },
          ...(app.isPackaged ? [] : ([{ role: 'toggleDevTools', label: '开发者工具' }] as const)),
        ],
      },
      { label: '帮助', submenu: [{ role: 'about', label: '关于核账' }] },
    ]),
  );
}
