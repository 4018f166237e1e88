import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../electron/contract.ts';
import { createFileRegistry, type FileRegistry } from '../../electron/files.ts';
import { startLoopback, type Loopback } from '../../electron/hosts/loopback.ts';

let folder: string;
let files: FileRegistry;
let host: Loopback;
let port: number;
let cookie: string;
let calls: [string, unknown][];
let emit: (event: string, payload: unknown) => void;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loopback-'));
  const renderer = path.join(folder, 'renderer');
  fs.mkdirSync(renderer);
  fs.writeFileSync(path.join(renderer, 'index.html'), '<!doctype html><html><head></head><body>核账</body></html>');
  fs.writeFileSync(path.join(folder, 'secret.txt'), 'not in the bundle');
  files = createFileRegistry();
  calls = [];
  host = await startLoopback({
    files,
    renderer,
    dispatch: async (method, input): Promise<Reply> => {
      calls.push([method, input]);
      return { ok: true, value: { method } };
    },
    subscribe: (listener) => {
      emit = listener;
      return () => undefined;
    },
  });
  const url = new URL(host.url);
  port = Number(url.port);
  cookie = `hezhang-${port}=${url.searchParams.get('token')}`;
});
afterEach(async () => {
  await host.close();
  fs.rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}
/** Straight node:http, because fetch does not let a caller choose Host, Origin and Cookie. */
function ask(target: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port, host: '127.0.0.1', path: target, method: options.method ?? 'GET', headers: { cookie, ...options.headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

test('nothing is served without the token: no page, no method, no upload, no event', async () => {
  const none = { cookie: '' };
  for (const target of ['/', '/index.html', '/bridge.js', '/events', '/?token=wrong', '/download/x']) {
    const answer = await ask(target, { headers: none });
    expect(answer.status, target).toBe(403);
    expect(answer.body).toContain('请打开核账启动时打印的完整地址');
  }
  expect((await ask('/call/app.about', { method: 'POST', headers: none, body: '{}' })).status).toBe(403);
  expect((await ask('/files', { method: 'POST', headers: { ...none, 'x-file-name': 'a.csv' }, body: 'x' })).status).toBe(403);
  expect(calls).toEqual([]);
});

test('the printed address exchanges its token for a cookie that scripts and other sites cannot use', async () => {
  const { pathname, search } = new URL(host.url);
  const answer = await ask(pathname + search, { headers: { cookie: '' } });
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/');
  expect(answer.headers['set-cookie']).toEqual([`${cookie}; HttpOnly; SameSite=Strict; Path=/`]);
});

test('another Host or Origin is refused even with the token', async () => {
  expect((await ask('/', { headers: { host: `evil.example:${port}` } })).status).toBe(403);
  expect((await ask('/', { headers: { host: `localhost:${port}` } })).status).toBe(403);
  const post = { method: 'POST', body: '{}' };
  expect((await ask('/call/app.about', { ...post, headers: { origin: 'https://evil.example' } })).status).toBe(403);
  expect((await ask('/call/app.about', { ...post, headers: { origin: 'null' } })).status).toBe(403);
  expect(calls).toEqual([]);
  expect((await ask('/call/app.about', { ...post, headers: { origin: `http://127.0.0.1:${port}` } })).status).toBe(200);
});

test('the page comes with the bridge, without inline script, under a policy that allows none', async () => {
  const { body, headers } = await ask('/');
  expect(body).toContain('<head><script type="module" src="/bridge.js"></script>');
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('404 outside the bundle', async () => {
  for (const target of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/missing.js', '/%00', '/%']) {
    const { status, body } = await ask(target);
    expect(status, target).toBe(404);
    expect(body).toBe('');
  }
});

test('calls pass through dispatch; a body that is not JSON is refused in words', async () => {
  const answer = await ask('/call/month.reconcile', { method: 'POST', body: '{"billingCycle":"2025-09"}' });
  expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { method: 'month.reconcile' } });
  expect(calls).toEqual([['month.reconcile', { billingCycle: '2025-09' }]]);
  const broken = await ask('/call/app.about', { method: 'POST', body: '{' });
  expect(broken.status).toBe(400);
  expect(JSON.parse(broken.body)).toMatchObject({
    ok: false,
    error: { code: 'request.unreadable', message: { zh: '请求读不出来：不是 JSON。' } },
  });
  expect((await ask('/call/../etc', { method: 'POST', body: '{}' })).status).toBe(404);
});

test('an upload keeps its bytes and its name, becomes a token, and is gone after close', async () => {
  const name = '下载/2025-09 账单.csv';
  const answer = await ask('/files', { method: 'POST', headers: { 'x-file-name': encodeURIComponent(name) }, body: '金额\n1.00\n' });
  const { value } = JSON.parse(answer.body) as { value: { token: string; name: string; size: number } };
  expect(value).toMatchObject({ name, size: 12 });
  const stored = files.resolve(value.token);
  expect(path.basename(stored)).toBe('2025-09 账单.csv');
  expect(fs.readFileSync(stored, 'utf8')).toBe('金额\n1.00\n');
  await host.close();
  expect(fs.existsSync(stored)).toBe(false);
});

test('an upload cannot choose where it is stored', async () => {
  const answer = await ask('/files', { method: 'POST', headers: { 'x-file-name': encodeURIComponent('../../../etc/passwd') }, body: 'x' });
  const stored = files.resolve((JSON.parse(answer.body) as { value: { token: string } }).value.token);
  expect(path.basename(stored)).toBe('passwd');
  expect(stored.startsWith(os.tmpdir())).toBe(true);
  for (const bad of ['', '..', 'a/..', '%E0%A4%A']) {
    const refused = await ask('/files', { method: 'POST', headers: { 'x-file-name': bad }, body: 'x' });
    expect(JSON.parse(refused.body), bad).toMatchObject({ ok: false, error: { code: 'file.unnamed' } });
  }
});

test('an upload under a name that no disk takes is refused as such, not as a defect', async () => {
  const headers = { 'x-file-name': encodeURIComponent(`${'账'.repeat(100)}.csv`) };
  const answer = await ask('/files', { method: 'POST', headers, body: 'x' });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'write.no-folder' } });
});

test('an upload that says it is larger than the limit is refused before it is read', async () => {
  const answer = await ask('/files', { method: 'POST', headers: { 'x-file-name': 'big.csv', 'content-length': String(3 * 1024 ** 3) } });
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.body)).toMatchObject({
    error: { code: 'file.too-large', message: { zh: expect.stringContaining('2048 MB') as string } },
  });
});

test('a result PDF opens in the tab or is saved under a Chinese name; an unknown token is 404', async () => {
  const file = path.join(folder, '清单.pdf');
  fs.writeFileSync(file, '%PDF-1.7 test');
  const token = files.register(file);
  const shown = await ask(`/download/${token}`);
  expect(shown.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('清单.pdf')}`,
  });
  expect(shown.body).toBe('%PDF-1.7 test');
  // Nobody may frame it, nor the page, which frames nothing.
  expect(shown.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  const { 'content-security-policy': policy } = (await ask('/')).headers;
  expect(policy).toContain("base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  expect(policy).not.toContain('frame-src');
  const saved = await ask(`/download/${token}?save=${encodeURIComponent('九月.pdf')}`);
  expect(saved.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('九月.pdf')}`);
  expect((await ask('/download/nothing')).status).toBe(404);
});

test('events reach every open page', async () => {
  const text = await new Promise<string>((resolve, reject) => {
    const request = http.get({ port, host: '127.0.0.1', path: '/events', headers: { cookie } }, (response) => {
      let seen = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        seen += part;
        if (seen === ':\n\n') emit('changed', { areas: ['imports'] });
        if (!seen.includes('data:')) return;
        request.destroy();
        resolve(seen);
      });
    });
    request.on('error', reject);
  });
  expect(text).toBe(':\n\ndata: {"event":"changed","payload":{"areas":["imports"]}}\n\n');
});

test('a taken port says what to do', async () => {
  const again = startLoopback({
    files,
    renderer: folder,
    dispatch: async () => ({ ok: true, value: 0 }),
    subscribe: () => () => undefined,
    port,
  });
  await expect(again).rejects.toMatchObject({ code: 'port.taken', text: { en: expect.stringContaining('--port') as string } });
});
