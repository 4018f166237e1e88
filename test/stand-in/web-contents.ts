import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import type { Cdp } from './cdp.ts';
import { chromium, debug } from './chromium.ts';
import { invoke, ipcMain } from './ipc-main.ts';
import { answer, inward, outward, suffix } from './schemes.ts';
import { preventable } from './strict.ts';
import { makeWire } from './wire.js';
import { world } from './world.js';

const wire = makeWire();
const worldName = 'electron-preload';

/** The window around a page, as far as the page's side needs it. */
export interface Owner {
  readonly options: Electron.BrowserWindowConstructorOptions;
  emit(event: string, ...args: unknown[]): boolean;
  closed(): void;
}
interface Paused {
  readonly requestId: string;
  readonly request: { url: string; method: string; headers: Record<string, string>; postData?: string };
}

export class WebContents extends EventEmitter {
  static all: WebContents[] = [];
  static #routed = false;
  readonly id: number;
  targetId = '';
  sessionId = '';
  #url = 'about:blank';
  #contextId: number | undefined;
  #destroyed = false;
  #openHandler: (details: any) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' });
  readonly #attached: Promise<void>;
  readonly #owner: Owner;
  readonly mainFrame: { readonly url: string; readonly parent: null };

  constructor(id: number, owner: Owner) {
    super();
    const preferences = owner.options.webPreferences ?? {};
    if (preferences.nodeIntegration || preferences.contextIsolation === false || preferences.sandbox === false)
      throw new Error('stand-in: only sandboxed, context-isolated windows without nodeIntegration are imitated');
    this.id = id;
    this.#owner = owner;
    const url = (): string => this.#url;
    this.mainFrame = {
      parent: null,
      get url() {
        return url();
      },
    };
    WebContents.all.push(this);
    this.#attached = this.#attach(preferences.preload);
    this.#attached.catch((error: unknown) => console.error(error));
  }

  async #attach(preload: string | undefined): Promise<void> {
    const cdp = await chromium;
    if (!WebContents.#routed) WebContents.#route(cdp);
    const { width = 800, height = 600 } = this.#owner.options;
    this.targetId = (
      await cdp.send('Target.createTarget', { url: 'about:blank', width, height, ...(WebContents.all.length > 1 && { newWindow: true }) })
    ).targetId as string;
    this.sessionId = (await cdp.send('Target.attachToTarget', { targetId: this.targetId, flatten: true })).sessionId as string;
    const eventName = `stand-in-${Math.random().toString(36).slice(2)}-`;
    const make = (side: 'main' | 'iso', info: object): string =>
      `(${world.toString()})(${JSON.stringify(side)}, ${JSON.stringify(eventName)}, ${makeWire.toString()}, ${JSON.stringify(info)})`;
    const dropFolder = process.env['STAND_IN_DROP_FOLDER'];
    const info = { platform: process.platform, arch: process.arch, versions: { ...process.versions }, env: {}, argv: [], dropFolder };
    const source = preload ? fs.readFileSync(preload, 'utf8').replace(/\/\/# sourceMappingURL=.*/g, '') : '';
    await this.cdp('Page.enable');
    await this.cdp('Runtime.addBinding', { name: '__standInSend', executionContextName: worldName });
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', { source: make('main', {}) });
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', {
      worldName,
      source: `{ const { require, process } = ${make('iso', info)};
        ((require, process, exports, module) => { ${source}\n })(require, process, {}, { exports: {} }); }`,
    });
    await this.cdp('Runtime.enable');
    await this.cdp('Fetch.enable', { patterns: [{ urlPattern: `https://*.${suffix}/*` }] });
  }

  static #route(cdp: Cdp): void {
    WebContents.#routed = true;
    const on = (method: string, heard: (contents: WebContents, params: any) => void): void =>
      cdp.on(method, (params, session) => {
        const contents = WebContents.all.find((w) => w.sessionId === session);
        if (contents) heard(contents, params);
      });
    on('Runtime.bindingCalled', (contents, p) => contents.#received(p.payload as string));
    on('Runtime.executionContextCreated', (contents, { context }) => {
      if (context.name === worldName && context.auxData?.frameId === contents.targetId) contents.#contextId = context.id as number;
    });
    on('Fetch.requestPaused', (contents, p) => void contents.#requestPaused(p as Paused));
    on('Page.domContentEventFired', (contents) => void contents.#owner.emit('ready-to-show'));
    on('Page.loadEventFired', (contents) => void contents.emit('did-finish-load'));
    on('Page.frameNavigated', (contents, p) => contents.#navigated(p.frame as { parentId?: string; url: string }));
    on('Inspector.targetCrashed', (contents) => void contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    cdp.on('Target.targetDestroyed', (p) => WebContents.all.find((w) => w.targetId === p.targetId)?.gone());
  }

  async cdp(method: string, params: object = {}): Promise<any> {
    return (await chromium).send(method, params, this.sessionId);
  }

  #navigated(frame: { parentId?: string; url: string }): void {
    if (frame.parentId) return;
    const url = inward(frame.url);
    // Chromium has already gone there; Electron would have asked first. A prevented navigation is taken back.
    const away = this.#url !== 'about:blank' && !url.startsWith(this.#url.replace(/[^/]*$/, ''));
    const event = preventable();
    if (away) this.emit('will-navigate', event, url);
    if (event.defaultPrevented) void this.cdp('Page.navigate', { url: outward(this.#url) });
    else this.#url = url;
  }

  async #requestPaused({ requestId, request }: Paused): Promise<void> {
    const url = inward(request.url);
    try {
      const init: RequestInit = { method: request.method, headers: request.headers };
      if (request.postData !== undefined) init.body = request.postData;
      // Chromium asks for an icon by itself; Electron does not.
      const reply = new URL(url).pathname === '/favicon.ico' ? new Response(null, { status: 204 }) : await answer(url, init);
      await this.cdp('Fetch.fulfillRequest', {
        requestId,
        responseCode: reply.status,
        responseHeaders: [...reply.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await reply.arrayBuffer()).toString('base64'),
      });
    } catch (error) {
      if (debug) console.error(url, error);
      await this.cdp('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => undefined);
    }
  }

  #received(payload: string): void {
    const message = JSON.parse(payload) as { type: string; id: number; channel: string; args: string };
    if (message.type === 'open') {
      if (this.#openHandler({ url: message.channel }).action === 'allow')
        throw new Error(`stand-in: a second window for ${message.channel} is not imitated; deny it in setWindowOpenHandler`);
      return;
    }
    const args = wire.unpack(message.args) as unknown[];
    const event = { sender: this, senderFrame: this.mainFrame };
    if (message.type === 'send') {
      ipcMain.emit(message.channel, event, ...args);
      return;
    }
    invoke(message.channel, event, args)
      .then((value) => wire.pack(value))
      .then(
        (value) => this.#deliver({ type: 'reply', id: message.id, ok: true, value }),
        (error: unknown) => this.#deliver({ type: 'reply', id: message.id, ok: false, error: String(error) }),
      );
  }

  #deliver(message: object): void {
    if (this.#destroyed || this.#contextId === undefined) return;
    const expression = `__standInDeliver(${JSON.stringify(JSON.stringify(message))})`;
    this.cdp('Runtime.evaluate', { contextId: this.#contextId, expression }).catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver({ type: 'event', channel, args: wire.pack(args) });
  }
  async loadURL(url: string): Promise<void> {
    await this.#attached;
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.cdp('Page.navigate', { url: outward(url) });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }
  /** A headless Chromium has no PDF viewer: the page stays blank, and says at once that it can be printed. */
  async loadFile(file: string): Promise<void> {
    if (!fs.existsSync(file)) throw new Error(`ERR_FILE_NOT_FOUND loading '${file}'`);
    await this.#attached;
    setImmediate(() => this.emit('-pdf-ready-to-print'));
  }
  print(_options?: Electron.WebContentsPrintOptions, _done?: (success: boolean, failureReason: string) => void): void {
    throw new Error('stand-in: webContents.print would wait for a person; answer for them in the test');
  }
  reload = (): void => void this.cdp('Page.reload').catch(() => undefined);
  getURL = (): string => (this.#url === 'about:blank' ? '' : this.#url);
  isDestroyed = (): boolean => this.#destroyed;
  setWindowOpenHandler(handler: (details: any) => any): void {
    this.#openHandler = handler;
  }
  gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    WebContents.all = WebContents.all.filter((w) => w !== this);
    this.emit('destroyed');
    this.#owner.closed();
  }
  async closeTarget(): Promise<void> {
    await this.#attached;
    await (await chromium).send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined);
  }
}
type Imitated = 'id' | 'send' | 'loadURL' | 'loadFile' | 'print' | 'reload' | 'getURL' | 'isDestroyed' | 'setWindowOpenHandler';
null as unknown as WebContents satisfies Pick<Electron.WebContents, Imitated>;
