import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createDispatch } from '../electron/dispatch.ts';
import type { Handlers } from '../electron/contract.ts';
import { systemFault } from '../electron/system-faults.ts';
import { openApp } from './handlers/opened-app.ts';

function openDatabase(options: Database.Options = {}, file?: string): Database.Database {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-fault-'));
  const db = new Database(file ?? path.join(folder, 'one.db'), { timeout: 0, ...options });
  onTestFinished(() => {
    db.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return db;
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('a database that another process writes is busy, not a defect', () => {
  const one = openDatabase();
  one.exec('CREATE TABLE t (x); BEGIN IMMEDIATE');
  const other = openDatabase({}, one.name);
  expect(systemFault(thrown(() => other.exec('BEGIN IMMEDIATE')))).toMatchObject({ code: 'workspace.busy' });
});

test('a full disk and a read-only database are named', () => {
  const db = openDatabase();
  db.exec('CREATE TABLE t (x); PRAGMA max_page_count = 3');
  expect(systemFault(thrown(() => db.exec('INSERT INTO t VALUES (hex(zeroblob(20000)))')))).toMatchObject({ code: 'disk.full' });
  const reader = openDatabase({ readonly: true }, db.name);
  expect(systemFault(thrown(() => reader.exec('DELETE FROM t')))).toMatchObject({ code: 'write.not-permitted' });
});

test('a mistake of ours stays a defect', () => {
  const db = openDatabase();
  expect(systemFault(thrown(() => db.exec('SELECT nothing FROM nowhere')))).toBeUndefined();
  expect(systemFault(new TypeError('x is undefined'))).toBeUndefined();
  expect(systemFault('text')).toBeUndefined();
});

test('what the machine refuses reaches the caller in both languages and is not reported as a defect', async () => {
  const defects: unknown[] = [];
  const handlers = { 'app.about': () => fs.readdirSync(path.join(import.meta.filename, 'x')) } as unknown as Handlers;
  const reply = await createDispatch(handlers, (_method, error) => void defects.push(error))('app.about', {});
  expect(reply).toMatchObject({ ok: false, error: { code: 'write.no-folder', details: { system: 'ENOTDIR' } } });
  expect(JSON.stringify(reply)).toContain('system-faults.test.ts');
  expect(defects).toEqual([]);
});

test('an import whose original cannot be kept is refused by the worker and leaves nothing', async () => {
  const app = openApp();
  const folder = path.join(app.workspace, 'files');
  fs.rmdirSync(folder);
  fs.writeFileSync(folder, 'in the way');
  const file = path.join(app.folder, '现金券口径.csv');
  fs.writeFileSync(file, '券ID,计业绩\nC1,Y\n');
  const refused = await app.refused('imports.commit', { tokens: [app.files.register(file)] });
  expect(refused.code).toBe('write.no-folder');
  expect((await app.call('imports.list', {})).imports).toEqual([]);
});
