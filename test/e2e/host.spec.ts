import fs from 'node:fs';
import path from 'node:path';
import type { WindowApi } from '../../electron/window-api.ts';
import { expect, test } from './fixtures.ts';

declare const window: { hezhang: WindowApi };
declare const document: any;

test('the same page in a browser: same surface, methods and events', async ({ serve }) => {
  const { page } = await serve();
  await expect(page).toHaveTitle('核账');
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(new URL(page.url()).search).toBe('');
  const seen = await page.evaluate(async () => {
    const { hezhang } = window;
    const about = await hezhang.call('app.about', {});
    return {
      api: Object.keys(hezhang),
      files: Object.keys(hezhang.files),
      frozen: Object.isFrozen(hezhang),
      cookie: document.cookie as string,
      about,
    };
  });
  expect(seen).toMatchObject({
    api: ['host', 'call', 'on', 'files'],
    files: ['fromDrop', 'choose', 'read', 'save', 'print'],
    frozen: true,
    cookie: '',
    about: { ok: true, value: { host: 'browser' } },
  });
  const heard = await page.evaluate(async () => {
    const first = new Promise((resolve) => window.hezhang.on((event, payload) => resolve([event, payload])));
    await window.hezhang.call('settings.set', { key: 'financePhone', value: '021-5555' });
    return first;
  });
  expect(heard).toEqual(['changed', { areas: expect.arrayContaining(['settings']) as string[] }]);
});

test('a browser without the token sees only where to find the address', async ({ serve }) => {
  const { context, url } = await serve();
  await context.clearCookies();
  const stranger = await context.newPage();
  const reply = await stranger.goto(new URL('/', url).href);
  expect(reply?.status()).toBe(403);
  await expect(stranger.locator('body')).toContainText('请打开核账启动时打印的完整地址');
});

test('files are uploaded, seen again as tokens, and gone when the host ends', async ({ serve, folder }) => {
  const files = path.join(folder, 'downloads');
  fs.mkdirSync(files);
  fs.writeFileSync(path.join(files, '账单.csv'), '客户,金额\n');
  const { page, context, stop } = await serve();
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    document.body.append(input);
  });
  await page.locator('input[type=file]').last().setInputFiles(path.join(files, '账单.csv'));
  const [file] = await page.evaluate(() => {
    const input = [...document.querySelectorAll('input[type=file]')].at(-1);
    return window.hezhang.files.fromDrop([...input.files]);
  });
  expect(file).toMatchObject({ name: '账单.csv', size: 14 });
  const body = await (await context.request.get(new URL(`/download/${file!.token}`, page.url()).href)).text();
  expect(body).toBe('客户,金额\n');
  expect(await stop()).toBe(0);
});

test('choosing files goes through the browser’s own dialog; a folder brings its files', async ({ serve, folder }) => {
  const files = path.join(folder, '下载');
  fs.mkdirSync(path.join(files, '九月'), { recursive: true });
  fs.writeFileSync(path.join(files, '九月', 'a.csv'), 'a');
  fs.writeFileSync(path.join(files, 'b.csv'), 'bb');
  const { page } = await serve();
  const dialog = page.waitForEvent('filechooser');
  const chosen = page.evaluate(() => window.hezhang.files.choose({ folders: true }));
  await (await dialog).setFiles(files);
  const sizes = Object.fromEntries((await chosen).map(({ name, size }) => [name, size]));
  expect(sizes).toEqual({ '下载/b.csv': 2, '下载/九月/a.csv': 1 });
});
