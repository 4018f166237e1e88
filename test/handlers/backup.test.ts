import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { replaceDatabase } from '../../db/backup.ts';
import { knownVersion, openForReading, openForWriting } from '../../db/open.ts';
import type { ReplyError } from '../../electron/contract.ts';
import { resources } from '../../electron/resources.ts';
import { openApp, requestFile, type OpenedApp } from './opened-app.ts';
import { makeOlderWorkspace } from './older-workspace.ts';
import { entriesOf } from './zip-entries.ts';

async function filled(whenDone?: typeof afterAll): Promise<OpenedApp & { backupFile: string; back: () => Promise<unknown> }> {
  const app = openApp(whenDone);
  await app.import('2025-08.csv', requestFile('2025-08', '106.00'));
  await app.import('2025-09.csv', requestFile('2025-09', '212.00'));
  const backupFile = path.join(app.folder, 'all.zip');
  return { ...app, backupFile, back: () => app.call('workspace.restore', { token: app.files.register(backupFile) }) };
}
const amounts = async (app: OpenedApp): Promise<string[]> =>
  (await app.call('requests.list', {})).requests.map(({ amount }) => amount).sort();
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Writes entries into a zip; a name may be as bad as an attacker's. */
async function zipOf(file: string, entries: ReadonlyMap<string, Buffer>, rename: (name: string) => string = (name) => name): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of entries) zip.addBuffer(bytes, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  let text = Buffer.concat(chunks).toString('latin1');
  for (const name of entries.keys()) text = text.replaceAll(name, rename(name));
  fs.writeFileSync(file, Buffer.from(text, 'latin1'));
}

describe('backup', () => {
  it('holds the database, every original and their hashes, and is restored over what was done since', async () => {
    const app = await filled();
    const made = await app.call('workspace.backup', { token: app.files.register(app.backupFile) });
    expect(made).toMatchObject({ name: 'all.zip', originals: 2, notes: [], bytes: fs.statSync(app.backupFile).size });
    const entries = await entriesOf(app.backupFile);
    const manifest = JSON.parse(entries.get('manifest.json')!.toString()) as {
      database: { sha256: string };
      files: { sha256: string; name: string }[];
    };
    expect(manifest.database.sha256).toBe(sha256(entries.get('hezhang.db')!));
    expect(manifest.files.map(({ name }) => name).sort()).toEqual(['2025-08.csv', '2025-09.csv']);
    for (const { sha256: hash } of manifest.files) expect(sha256(entries.get(`files/${hash}`)!)).toBe(hash);

    await app.import('2025-10.csv', requestFile('2025-10', '318.00'));
    const [first] = (await app.call('imports.list', {})).imports;
    await app.call('imports.undo', { importId: first!.importId });
    fs.rmSync(path.join(app.workspace, 'files', manifest.files[1]!.sha256));
    const events = app.events.length;
    const restored = await app.back();
    expect(app.events.slice(events).at(-1)).toMatchObject({ event: 'changed' });
    expect(restored).toMatchObject({ originals: 2, notes: [], previous: expect.stringMatching(/^before-restore-\d{14}\.zip$/) });
    expect(await amounts(app)).toEqual(['106.00000000', '212.00000000']);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true, checked: { files: 2 } });
    expect(fs.readdirSync(path.join(app.workspace, 'backups'))).toEqual([(restored as { previous: string }).previous]);
  });

  it('of the state before a restore brings that state back', async () => {
    const app = await filled();
    await app.call('workspace.backup', { token: app.files.register(app.backupFile) });
    await app.import('2025-10.csv', requestFile('2025-10', '318.00'));
    const { previous } = (await app.back()) as { previous: string };
    expect(await amounts(app)).toHaveLength(2);
    await app.call('workspace.restore', { token: app.files.register(path.join(app.workspace, 'backups', previous)) });
    expect(await amounts(app)).toEqual(['106.00000000', '212.00000000', '318.00000000']);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
  });

  it('without a place of its own is a result of the window', async () => {
    const app = await filled();
    const { token, name } = await app.call('workspace.backup', {});
    expect(name).toMatch(/^核账备份-\d{12}\.zip$/);
    expect((await entriesOf(app.files.resolve(token))).has('hezhang.db')).toBe(true);
  });

  it('leaves out an original that is damaged, and says so', async () => {
    const app = await filled();
    const kept = fs.readdirSync(path.join(app.workspace, 'files')).map((name) => path.join(app.workspace, 'files', name));
    fs.chmodSync(kept[0]!, 0o644);
    fs.appendFileSync(kept[0]!, ' ');
    const { originals, notes } = await app.call('workspace.backup', { token: app.files.register(app.backupFile) });
    expect(originals).toBe(1);
    expect(notes.map(({ zh }) => zh)).toEqual([expect.stringContaining(path.basename(kept[0]!))]);
    expect(await app.back()).toMatchObject({ originals: 1, notes });
  });

  it('refuses a place that is a folder or is not there, and leaves nothing behind', async () => {
    const app = await filled();
    for (const target of [app.folder, path.join(app.folder, 'no/such/all.zip')]) {
      expect(await app.refused('workspace.backup', { token: app.files.register(target) })).toMatchObject({ code: 'file.unwritable' });
    }
    expect(fs.readdirSync(app.folder).sort()).toEqual(['2025-08.csv', '2025-09.csv', 'w']);
  });
});

describe('a backup of an older version', () => {
  /** A backup as the first version wrote it, with pages of another size; `change` may break its database. */
  async function older(app: OpenedApp, change: (db: Database.Database) => void = () => undefined): Promise<string> {
    const file = makeOlderWorkspace(path.join(app.folder, 'older'));
    const db = new Database(file);
    change(db);
    db.pragma('journal_mode = DELETE');
    db.pragma('page_size = 4096');
    db.exec('VACUUM');
    db.close();
    const database = fs.readFileSync(file);
    const manifest = { format: 'hezhang-backup', version: 1, at: '2025-08-01 09:30:00', databaseVersion: 1, files: [], missing: [] };
    const described = { ...manifest, database: { sha256: sha256(database), bytes: database.length } };
    const target = path.join(app.folder, 'older.zip');
    await zipOf(target, new Map([['manifest.json', Buffer.from(JSON.stringify(described))], ['hezhang.db', database]])); // prettier-ignore
    return target;
  }
  const live = (app: OpenedApp): string => path.join(app.workspace, 'hezhang.db');

  it('is brought up to date before it takes the place of what is there, and each step is told', async () => {
    const app = await filled();
    const file = await older(app);
    const before = app.events.length;
    const { previous } = await app.call('workspace.restore', { token: app.files.register(file) });
    const steps = app.events.slice(before).flatMap(({ event, payload }) => (event === 'progress' ? [payload as { stage: string }] : []));
    const newest = knownVersion(resources.migrations);
    const changes = Array.from({ length: newest - 1 }, (_, done) => ({ job: 'restore', stage: 'change', done, total: newest - 1 }));
    expect(steps.filter(({ stage }) => stage === 'change')).toEqual(changes);
    expect([...new Set(steps.map(({ stage }) => stage))]).toEqual(['check', 'change', 'keep', 'restore']);
    expect((await app.call('settings.get', {})).settings).toContainEqual(
      expect.objectContaining({ key: 'sellerName', value: '示例数据（虚构）有限公司' }),
    );
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
    expect(fs.readdirSync(path.join(app.workspace, 'backups'))).toEqual([previous]);
    const db = openForReading(live(app));
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.prepare("SELECT detail FROM journal WHERE action = 'workspace.restore'").pluck().all()).toEqual([
      JSON.stringify({ backupOf: '2025-08-01 09:30:00', previous }),
    ]);
    db.close();
  });

  it('that cannot be upgraded is refused by name, and nothing is changed', async () => {
    const app = await filled();
    const file = await older(app, (db) => db.exec('CREATE TABLE request_entry (x INTEGER) STRICT'));
    const { code, message } = await app.refused('workspace.restore', { token: app.files.register(file) });
    expect(code).toBe('backup.damaged');
    expect(message.zh).toMatch(/older\.zip.*升级.*request_entry.*数据没有改动/);
    expect(message.en).toMatch(/older\.zip.*upgraded.*request_entry.*nothing was changed/);
    expect(await amounts(app)).toEqual(['106.00000000', '212.00000000']);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
    expect(fs.readdirSync(path.join(app.workspace, 'backups'))).toEqual([]);
  });
});

describe('restore refuses', () => {
  const damages: [string, RegExp, (entries: Map<string, Buffer>) => void][] = [
    [
      'a changed database',
      /hezhang\.db/,
      (e) => e.set('hezhang.db', Buffer.concat([e.get('hezhang.db')!.subarray(0, -1), Buffer.from('x')])),
    ],
    [
      'a changed original',
      /2025-0\d\.csv.*files\//,
      (e) => void [...e.keys()].filter((n) => n.startsWith('files/')).map((n) => e.set(n, Buffer.from('other'))),
    ],
    ['a missing original', /files\//, (e) => void e.delete([...e.keys()].find((n) => n.startsWith('files/'))!)],
    ['an entry too many', /more\.txt/, (e) => e.set('more.txt', Buffer.from('x'))],
    ['no manifest', /manifest\.json/, (e) => void e.delete('manifest.json')],
    ['a manifest that is none', /manifest\.json/, (e) => e.set('manifest.json', Buffer.from('{}'))],
  ];
  let app: Awaited<ReturnType<typeof filled>>;
  let whole: ReadonlyMap<string, Buffer>;
  /** A sound backup first; each test breaks its own copy. */
  beforeAll(async () => {
    app = await filled(afterAll);
    await app.call('workspace.backup', { token: app.files.register(app.backupFile) });
    whole = await entriesOf(app.backupFile);
  });
  const state = async () => ({
    amounts: await amounts(app),
    backups: fs.readdirSync(path.join(app.workspace, 'backups')),
    folder: fs.readdirSync(app.folder).filter((name) => name !== 'all.zip'),
  });
  const refused = async (): Promise<ReplyError> => {
    const before = await state();
    const error = await app.refused('workspace.restore', { token: app.files.register(app.backupFile) });
    expect(await state()).toEqual(before);
    return error;
  };

  it.each(damages)('%s, by name, and changes nothing', async (_what, named, damage) => {
    const entries = new Map(whole);
    damage(entries);
    await zipOf(app.backupFile, entries);
    const { code, message } = await refused();
    expect(code).toBe('backup.damaged');
    expect(message.zh).toMatch(named);
    expect(message.en).toMatch(named);
  });

  it('a file cut short, a file that is no zip, and one that is not there', async () => {
    await zipOf(app.backupFile, whole);
    const bytes = fs.readFileSync(app.backupFile);
    for (const wrong of [bytes.subarray(0, bytes.length / 2), Buffer.from('no zip'), Buffer.alloc(0)]) {
      fs.writeFileSync(app.backupFile, wrong);
      expect((await refused()).code).toBe('backup.damaged');
    }
    fs.rmSync(app.backupFile);
    expect((await refused()).code).toBe('file.missing');
  });

  it('an entry that climbs out of the archive, and writes nothing outside', async () => {
    const entries = new Map(whole).set('aa/aa/evil.txt', Buffer.from('x'));
    await zipOf(app.backupFile, entries, (name) => (name === 'aa/aa/evil.txt' ? '../../evil.txt' : name));
    expect((await refused()).message.zh).toContain('evil.txt');
  });

  it('a backup of a newer version', async () => {
    for (const change of [{ version: 2 }, { databaseVersion: 999 }]) {
      const manifest = { ...(JSON.parse(whole.get('manifest.json')!.toString()) as object), ...change };
      await zipOf(app.backupFile, new Map(whole).set('manifest.json', Buffer.from(JSON.stringify(manifest))));
      expect((await refused()).code).toBe('backup.newer');
    }
  });

  it('a database that is whole by its hash but broken within', async () => {
    const database = Buffer.alloc(8192, 7);
    const manifest = JSON.parse(whole.get('manifest.json')!.toString()) as object;
    const changed = { ...manifest, database: { sha256: sha256(database), bytes: database.length } };
    const entries = new Map(whole).set('hezhang.db', database).set('manifest.json', Buffer.from(JSON.stringify(changed)));
    await zipOf(app.backupFile, entries);
    expect(await refused()).toMatchObject({ code: 'backup.damaged', message: { zh: expect.stringContaining('SQLITE_NOTADB') } });
  });
});

describe('the database is exchanged', () => {
  /** A live database with two imports, and another without any, of another page size. */
  async function two(): Promise<{ live: string; other: string }> {
    const app = await filled();
    const other = path.join(app.folder, 'other.db');
    openForWriting(other, resources.migrations).close();
    const db = new Database(other);
    db.pragma('journal_mode = DELETE');
    db.pragma('page_size = 1024');
    db.exec('VACUUM');
    db.close();
    return { live: path.join(app.workspace, 'hezhang.db'), other };
  }

  it('under an open reader, all at once', async () => {
    const { live, other } = await two();
    const reader = openForReading(live);
    const count = reader.prepare<[], bigint>('SELECT count(*) FROM import').pluck();
    expect(count.get()).toBe(2n);
    await replaceDatabase(other, live);
    expect(count.get()).toBe(0n);
    expect(reader.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
    reader.close();
  });

  it('not while somebody else writes: it gives up and leaves it as it is', async () => {
    const { live, other } = await two();
    const writer = openForWriting(live, resources.migrations);
    writer.exec('BEGIN IMMEDIATE');
    await expect(replaceDatabase(other, live, 1)).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    writer.exec('ROLLBACK');
    expect(writer.prepare('SELECT count(*) FROM import').pluck().get()).toBe(2n);
    writer.close();
  });
});
