import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../electron/app.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { FolderWatch } from '../../electron/jobs/folder-watch.ts';
import { resources } from '../../electron/resources.ts';

let folder: string;
beforeEach(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-watch-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: string): void => fs.writeFileSync(path.join(folder, name), content);

describe('a watched folder', () => {
  it('tells of a new download once it has stopped growing, once, and again when it changes', async () => {
    put('old.csv', 'there before');
    const watch = new FolderWatch(folder);
    const names = async (): Promise<string[]> => (await watch.look()).map((f) => path.basename(f));
    expect(await names()).toEqual([]);
    put('b.xlsx', 'half');
    put('a.csv.crdownload', 'x');
    put('~$b.xlsx', 'x');
    put('note.txt', 'x');
    expect(await names()).toEqual([]);
    put('b.xlsx', 'half and whole');
    expect(await names()).toEqual([]);
    put('a.tar.gz', 'x');
    expect(await names()).toEqual(['b.xlsx']);
    expect(await names()).toEqual(['a.tar.gz']);
    expect(await names()).toEqual([]);
    put('old.csv', 'downloaded again');
    expect(await names()).toEqual([]);
    expect(await names()).toEqual(['old.csv']);
  });

  it('that goes away and comes back is no error, and its old files are not new', async () => {
    put('old.csv', 'there before');
    const watch = new FolderWatch(folder);
    await watch.look();
    fs.renameSync(folder, `${folder}-away`);
    expect(await watch.look()).toEqual([]);
    fs.renameSync(`${folder}-away`, folder);
    expect(await watch.look()).toEqual([]);
    expect(await watch.look()).toEqual([]);
  });
});

describe('watching, through the app', () => {
  let apps: App[] = [];
  const files = createFileRegistry();
  const heard: { event: string; payload: unknown }[] = [];
  const open = (host: 'electron' | 'cli'): App => {
    const workspace = path.join(folder, 'w');
    const app = createApp({ workspace, resources, host, files, onEvent: (event, payload) => heard.push({ event, payload }) });
    apps.push(app);
    return app;
  };
  afterEach(async () => {
    for (const app of apps) await app.close();
    apps = [];
    heard.length = 0;
  });

  it('is off at first, is remembered, refuses what is no folder, and can be stopped', async () => {
    const downloads = path.join(folder, '下载');
    fs.mkdirSync(downloads);
    put('a.csv', 'x');
    const app = open('cli');
    expect(await app.dispatch('watch.get', {})).toEqual({ ok: true, value: {} });
    expect(await app.dispatch('watch.set', { token: files.register(path.join(folder, 'a.csv')) })).toMatchObject({
      error: { code: 'watch.no-folder' },
    });
    expect(await app.dispatch('watch.set', { token: files.register(downloads) })).toEqual({ ok: true, value: { folder: '下载' } });
    expect(await open('cli').dispatch('watch.get', {})).toEqual({ ok: true, value: { folder: '下载' } });
    expect(await app.dispatch('watch.set', { token: null })).toEqual({ ok: true, value: {} });
  });

  it('gives tokens of what it finds, and imports nothing', async () => {
    const downloads = path.join(folder, '下载');
    fs.mkdirSync(downloads);
    const app = open('electron');
    await app.dispatch('watch.set', { token: files.register(downloads) });
    fs.writeFileSync(path.join(downloads, '消费明细.csv'), 'x');
    await expect
      .poll(() => heard.find((h) => h.event === 'found')?.payload)
      .toMatchObject({
        files: [{ name: '消费明细.csv', token: files.register(path.join(downloads, '消费明细.csv')) }],
      });
    expect(await app.dispatch('imports.list', {})).toEqual({ ok: true, value: { imports: [] } });
  });
});
