import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { knownVersion, pendingUpgrade } from '../../db/open.ts';
import { openApp, type App } from '../../electron/app.ts';
import { upgradeWords } from '../../electron/core/wording/upgrade.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { upgradePage } from '../../electron/hosts/upgrade-page.ts';
import { resources } from '../../electron/resources.ts';
import { appParts } from '../../electron/hosts/cli/parts.ts';
import { run } from '../hosts/cli-terminal.ts';
import { makeOlderWorkspace } from './older-workspace.ts';

function prepared(): { workspace: string; database: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-older-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const workspace = path.join(folder, 'w');
  return { workspace, database: makeOlderWorkspace(workspace) };
}

interface Heard {
  readonly told: string[];
  readonly steps: unknown[];
}
async function opened(workspace: string, heard: Heard, signal = new AbortController().signal): Promise<App> {
  const app = await openApp({
    workspace,
    resources,
    host: 'cli',
    files: createFileRegistry(),
    signal,
    onUpgrade: ({ zh }) => void heard.told.push(zh),
    onEvent: (event, payload) => void (event === 'progress' && heard.steps.push(payload)),
  });
  onTestFinished(() => app.close());
  return app;
}

test('an older workspace is upgraded before it opens: that is said first, each step while it lasts, and no more the next time', async () => {
  const { workspace } = prepared();
  const heard: Heard = { told: [], steps: [] };
  const app = await opened(workspace, heard);
  expect(heard.told).toEqual([expect.stringMatching(/旧版本.*1 MB.*before-migration-1\.db.*几秒钟/)]);
  const total = knownVersion(resources.migrations);
  expect(heard.steps).toEqual(
    Array.from({ length: total }, (_, done) => ({ job: 'upgrade', stage: done === 0 ? 'copy' : 'change', done, total })),
  );
  expect(await app.dispatch('settings.get', {})).toMatchObject({
    ok: true,
    value: { settings: expect.arrayContaining([expect.objectContaining({ key: 'sellerName', value: '示例数据（虚构）有限公司' })]) },
  });
  expect(fs.readdirSync(path.join(workspace, 'backups'))).toEqual(['before-migration-1.db']);
  const again: Heard = { told: [], steps: [] };
  await opened(workspace, again);
  expect(again).toEqual({ told: [], steps: [] });
});

test('who interrupts before it begins finds the workspace as it was', async () => {
  const { workspace, database } = prepared();
  const bytes = fs.readFileSync(database);
  await expect(opened(workspace, { told: [], steps: [] }, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  expect(fs.readFileSync(database).equals(bytes)).toBe(true);
  expect(pendingUpgrade(database, resources.migrations)).toMatchObject({ from: 1 });
});

test('the command line says it on stderr; --json stays one document', async () => {
  const { workspace } = prepared();
  const parts = { createApp: appParts.createApp };
  const first = await run(['--workspace', workspace, '--json', '--lang', 'en', 'imports'], { parts });
  expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/^An older version of Hezhang .* a few seconds;.*\n$/) });
  expect(JSON.parse(first.out)).toEqual({ imports: [] });
  const second = await run(['--workspace', workspace, '--json', 'imports'], { parts });
  expect(second).toMatchObject({ code: 0, err: '', out: first.out });
});

test('an interrupted upgrade of the command line ends as cancelled', async () => {
  const { workspace, database } = prepared();
  const ran = await run(['--workspace', workspace, 'imports'], { parts: { createApp: appParts.createApp }, signal: AbortSignal.abort() });
  expect(ran).toMatchObject({ code: 130, out: '', err: expect.stringContaining('已取消') });
  expect(pendingUpgrade(database, resources.migrations)).toMatchObject({ from: 1 });
});

test('how long it may last goes with the size of the database', () => {
  const words = (bytes: number) => upgradeWords('/工作区', { from: 11, bytes });
  expect(words(4_000_000).zh).toContain('（4 MB）先备份到 backups/before-migration-11.db');
  expect(words(1_403_076_608)).toEqual({
    zh: expect.stringContaining('1.4 GB）先备份到 backups/before-migration-11.db，再整理成新版本的样子。视硬盘快慢需要 6 秒到 57 秒，'),
    en: expect.stringContaining('This takes from 6 seconds to 57 seconds, as the disk is fast or slow; please do not close it.'),
  });
  expect(words(17_000_000_000).en).toContain('from 68 seconds to 12 minutes');
});

test('the page that the window shows meanwhile is text alone, whatever the folder is called', () => {
  const page = upgradePage(upgradeWords('/a<script>b&"', { from: 1, bytes: 1 }), { job: 'upgrade', stage: 'change', done: 2, total: 13 });
  expect(page).toContain("default-src 'none'");
  expect(page).not.toContain('<script>');
  expect(page).toContain('第 3 步，共 13 步：整理数据库');
});
