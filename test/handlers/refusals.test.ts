import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../electron/app.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';
import { openApp } from './opened-app.ts';

it('refuses to reconcile a month without files, and does not list it afterwards', async () => {
  const app = openApp();
  expect(await app.refused('month.reconcile', { billingCycle: '2031-01' })).toMatchObject({
    code: 'month.empty',
    message: { zh: expect.stringContaining('没有 2031-01 的文件') as string },
  });
  expect((await app.call('months.list', {})).months).toEqual([]);
});

it('lets no page name a folder to write to', async () => {
  const { folder } = openApp();
  const target = path.join(folder, 'chosen');
  const page = createApp({
    workspace: path.join(folder, 'page'),
    resources,
    host: 'browser',
    files: createFileRegistry(),
    onEvent: () => undefined,
  });
  onTestFinished(() => page.close());
  for (const method of ['sample.write', 'templates.write']) {
    expect(await page.dispatch(method, { folder: target })).toMatchObject({ ok: false, error: { code: 'host.refused' } });
  }
  expect(fs.existsSync(target)).toBe(false);
});
