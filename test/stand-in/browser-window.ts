import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { preventable, strict } from './strict.ts';
import { life, packageInfo, windows } from './surroundings.ts';
import { WebContents } from './web-contents.ts';

let nextId = 0;

export class BrowserWindow extends EventEmitter {
  static #all: BrowserWindow[] = [];
  static getAllWindows = (): BrowserWindow[] => [...BrowserWindow.#all];
  static getFocusedWindow = (): BrowserWindow | null => BrowserWindow.#all.at(-1) ?? null;
  // Playwright's launcher finds a page's window by these two.
  static fromWebContents = (contents: unknown): BrowserWindow | null => BrowserWindow.#all.find((w) => w.webContents === contents) ?? null;
  static fromId = (id: number): BrowserWindow | null => BrowserWindow.#all.find((w) => w.id === id) ?? null;
  readonly id = ++nextId;
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: WebContents;
  #visible: boolean;
  #maximized = false;
  #bounds: Electron.Rectangle;
  #closed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!life.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    this.#visible = options.show ?? true;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = strict('webContents', new WebContents(++nextId, this));
    const self = strict('BrowserWindow', this);
    BrowserWindow.#all.push(self);
    windows.add(this);
    app.emit('browser-window-created', {}, self);
    return self;
  }
  loadURL = (url: string): Promise<void> => this.webContents.loadURL(url);
  loadFile = (file: string): Promise<void> => this.webContents.loadFile(file);
  reload = (): void => this.webContents.reload();
  show = (): void => void (this.#visible = true);
  focus = (): void => undefined;
  restore = (): void => undefined;
  maximize = (): void => void (this.#maximized = true);
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => this.#maximized;
  isVisible = (): boolean => this.#visible;
  isDestroyed = (): boolean => this.#closed;
  getTitle = (): string => this.options.title ?? packageInfo.name;
  getBounds = (): Electron.Rectangle => ({ ...this.#bounds });
  getNormalBounds = (): Electron.Rectangle => ({ ...this.#bounds });
  getMinimumSize = (): number[] => [this.options.minWidth ?? 0, this.options.minHeight ?? 0];
  setBounds = (bounds: Partial<Electron.Rectangle>): void => void Object.assign(this.#bounds, bounds);
  /** False when a listener kept the window. */
  close(): boolean {
    if (this.#closed) return true;
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    void this.webContents.closeTarget();
    this.webContents.gone();
    return true;
  }
  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    BrowserWindow.#all = BrowserWindow.#all.filter((w) => w.id !== this.id);
    windows.delete(this);
    this.emit('closed');
    if (BrowserWindow.#all.length > 0 || life.quitting) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  }
}
type Imitated =
  | 'id' | 'loadURL' | 'loadFile' | 'reload' | 'show' | 'focus' | 'restore' | 'maximize' | 'isMinimized' | 'isMaximized' | 'isVisible' | 'isDestroyed'
  | 'getTitle' | 'getBounds' | 'getNormalBounds' | 'getMinimumSize' | 'setBounds' | 'close'; // prettier-ignore
null as unknown as BrowserWindow satisfies Pick<Electron.BrowserWindow, Imitated>;
