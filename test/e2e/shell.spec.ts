import fs from 'node:fs';
import path from 'node:path';
import type { WindowApi } from '../../electron/window-api.ts';
import { makeOlderWorkspace } from '../handlers/older-workspace.ts';
import { expect, test } from './fixtures.ts';

declare const window: { hezhang: WindowApi; open(url: string): unknown; location: { href: string } };
declare const document: any;

test('the window opens with the page in it', async ({ launch }) => {
  const { app, page } = await launch();
  await expect(page).toHaveTitle('核账');
  await expect(page.locator('#root')).not.toBeEmpty();
  const window = await app.browserWindow(page);
  await expect.poll(() => window.evaluate((w) => w.isVisible())).toBe(true);
  expect(await window.evaluate((w) => [w.getBounds().width, w.getBounds().height, w.getMinimumSize()])).toEqual([1366, 768, [1024, 640]]);
});

test('the page has window.hezhang, frozen, and nothing else of Node', async ({ launch }) => {
  const { page } = await launch();
  const seen = await page.evaluate(() => {
    const own = globalThis as unknown as Record<string, unknown>;
    const { hezhang } = window;
    return {
      node: ['require', 'process', 'Buffer', 'module', 'global'].filter((name) => own[name] !== undefined),
      api: Object.keys(hezhang),
      files: Object.keys(hezhang.files),
      frozen: [Object.isFrozen(hezhang), Object.isFrozen(hezhang.files)],
      host: hezhang.host,
    };
  });
  expect(seen).toEqual({
    node: [],
    api: ['host', 'call', 'on', 'files'],
    files: ['fromDrop', 'choose', 'read', 'save', 'print'],
    frozen: [true, true],
    host: 'electron',
  });
});

test('a method answers; an unknown method and a wrong input are refused in words', async ({ launch, workspace }) => {
  const { page } = await launch();
  const [about, unknown, wrong] = await page.evaluate(() =>
    Promise.all([
      window.hezhang.call('app.about', {}),
      window.hezhang.call('no.such', {}),
      window.hezhang.call('month.status', { billingCycle: '2025-13' }),
    ]),
  );
  expect(about).toMatchObject({ ok: true, value: { host: 'electron', workspace } });
  expect(unknown).toMatchObject({ ok: false, error: { code: 'method.unknown', message: { zh: '没有这个操作：no.such' } } });
  expect(wrong).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
});

test('a workspace of an older version is upgraded before its window opens, and no other window is left', async ({ launch, workspace }) => {
  makeOlderWorkspace(workspace);
  const { app, page } = await launch();
  const about = await page.evaluate(async () => (await window.hezhang.call('app.about', {})).ok);
  expect(about).toBe(true);
  await expect.poll(() => app.windows().length).toBe(1);
  expect(fs.readdirSync(path.join(workspace, 'backups'))).toEqual(['before-migration-1.db']);
});

test('404 outside the bundle; every answer carries the content policy', async ({ launch }) => {
  const { page } = await launch();
  const answers = await page.evaluate(async () => {
    const one = async (url: string) => {
      const reply = await fetch(url);
      return [reply.status, reply.headers.get('content-security-policy')?.includes("script-src 'self';")];
    };
    return Promise.all(['/index.html', '/..%2f..%2fpackage.json', '/%2e%2e/main/main.js', '/missing'].map(one));
  });
  expect(answers).toEqual([
    [200, true],
    [404, true],
    [404, true],
    [404, true],
  ]);
});

test('an inline script does not run', async ({ launch }) => {
  const { page } = await launch();
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.head.append(script);
    return 'ranInline' in window;
  });
  expect(ran).toBe(false);
});

test('the window goes nowhere else and opens no other', async ({ launch }) => {
  const { app, page } = await launch();
  const before = page.url();
  const ours = await app.browserWindow(page);
  await ours.evaluate(({ webContents }) => {
    const seen = { asked: 0 };
    Object.assign(globalThis, { seen });
    webContents.on('will-navigate', () => void seen.asked++);
  });
  // A port that no browser goes to: it is refused at once, with or without a network.
  await page.evaluate(() => {
    window.open('https://127.0.0.1:1/');
    const link = document.createElement('a');
    link.href = 'https://127.0.0.1:1/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    window.location.href = 'https://127.0.0.1:1/';
  });
  await expect.poll(() => ours.evaluate(() => (globalThis as unknown as { seen: { asked: number } }).seen.asked)).toBe(1);
  // The stand-in takes a navigation back after the fact, so that the page may just be coming again.
  await expect(async () => {
    expect(await page.evaluate(async () => (await window.hezhang.call('app.about', {})).ok)).toBe(true);
  }).toPass();
  expect(page.url()).toBe(before);
  await expect(page).toHaveTitle('核账');
  expect(app.windows()).toHaveLength(1);
});

test('the open dialog gives the page a token and a name, no path', async ({ launch, folder }) => {
  const file = path.join(folder, '2025-09 伙伴账单.csv');
  fs.writeFileSync(file, '客户,金额\n');
  const { app, page } = await launch();
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
  const chosen = await page.evaluate(() => window.hezhang.files.choose({ multiple: true }));
  expect(chosen).toEqual([{ token: chosen[0]?.token, name: '2025-09 伙伴账单.csv', size: 14 }]);
  expect(chosen[0]?.token).toMatch(/^[\w-]{22}$/);
});

test('a dropped file becomes a token; one that the page made up is refused', async ({ launch, folder }) => {
  fs.writeFileSync(path.join(folder, '账单.csv'), 'a,b\n');
  const { page } = await launch(folder);
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    document.body.append(input);
  });
  await page.locator('input[type=file]').last().setInputFiles(path.join(folder, '账单.csv'));
  const dropped = await page.evaluate(() => {
    const input = [...document.querySelectorAll('input[type=file]')].at(-1);
    return window.hezhang.files.fromDrop([...input.files]);
  });
  expect(dropped).toMatchObject([{ name: '账单.csv', size: 4 }]);
  const refused = await page.evaluate(() =>
    window.hezhang.files.fromDrop([new File(['x'], 'made-up.csv')]).then(
      () => 'accepted',
      (error: Error) => error.message,
    ),
  );
  expect(refused).not.toBe('accepted');
});

test('a token that was never given reads nothing', async ({ launch }) => {
  const { page } = await launch();
  const message = await page.evaluate(() =>
    window.hezhang.files.read('../../etc/passwd').then(
      () => 'read',
      (error: Error) => error.message,
    ),
  );
  expect(message).toContain('请重新选择。\nThis file was not chosen');
});

test('settings and the place of the window are kept across a restart; quitting closes the app', async ({ launch, workspace }) => {
  const first = await launch();
  await first.page.evaluate(() => window.hezhang.call('settings.set', { key: 'sellerName', value: '杭州云桥科技有限公司' }));
  const window1 = await first.app.browserWindow(first.page);
  await window1.evaluate((w) => w.setBounds({ x: 40, y: 30, width: 1200, height: 700 }));
  await first.app.close();
  expect(fs.readdirSync(workspace).includes('results'), 'the app was closed').toBe(false);
  const second = await launch();
  const reply = await second.page.evaluate(() => window.hezhang.call('settings.get', {}));
  expect(JSON.stringify(reply)).toContain('杭州云桥科技有限公司');
  const window2 = await second.app.browserWindow(second.page);
  expect(await window2.evaluate((w) => w.getBounds())).toEqual({ x: 40, y: 30, width: 1200, height: 700 });
});

test('events of the app reach the page', async ({ launch }) => {
  const { page } = await launch();
  const heard = await page.evaluate(async () => {
    const first = new Promise((resolve) => window.hezhang.on((event, payload) => resolve([event, payload])));
    await window.hezhang.call('settings.set', { key: 'financePhone', value: '021-5555' });
    return first;
  });
  expect(heard).toEqual(['changed', { areas: expect.arrayContaining(['settings']) as string[] }]);
});

test('a PDF is printed through the system’s dialog in a window of its own; the system’s viewer stands in for it', async ({
  launch,
  folder,
}) => {
  const file = path.join(folder, '开票清单.pdf');
  fs.writeFileSync(file, '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF');
  const { app, page } = await launch();
  await app.evaluate(async ({ app: electron, dialog, shell }, filePath) => {
    const answers = [
      [true, ''],
      [false, 'Print job canceled'],
      [false, 'Invalid printer settings'],
    ] as const;
    const seen = { windows: [] as object[], viewed: [] as string[] };
    Object.assign(globalThis, { seen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    shell.openPath = async (opened) => {
      seen.viewed.push(opened);
      return '';
    };
    electron.on('browser-window-created', (_event, window) => {
      const [done, reason] = answers[seen.windows.length]!;
      window.webContents.print = (_options, callback) => callback?.(done, reason);
      const shown = { closed: false };
      seen.windows.push(shown);
      window.once('closed', () => (shown.closed = true));
    });
  }, file);
  const outcomes = await page.evaluate(async () => {
    const [chosen] = await window.hezhang.files.choose({});
    const print = () => window.hezhang.files.print(chosen!.token);
    return [await print(), await print(), await print()];
  });
  expect(outcomes).toEqual(['printed', 'canceled', 'viewer']);
  // A window tells of its end after the answer was given, and Playwright after that.
  const seen = () => app.evaluate(() => (globalThis as unknown as { seen: unknown }).seen);
  await expect.poll(seen).toEqual({ windows: [{ closed: true }, { closed: true }, { closed: true }], viewed: [file] });
  await expect.poll(() => app.windows().length).toBe(1);
});
