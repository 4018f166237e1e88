import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { knownVersion, openForWriting, pendingUpgrade, type UpgradeStep } from '../../db/open.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');

/** A folder of the test's own, with the first migration alone in `first/`. */
function prepared(): { file: string; first: string; backups: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-open-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const first = path.join(folder, 'first');
  fs.mkdirSync(first);
  fs.copyFileSync(path.join(migrations, '0001_first.sql'), path.join(first, '0001_first.sql'));
  return { file: path.join(folder, 'w', 'hezhang.db'), first, backups: path.join(folder, 'w', 'backups') };
}

/** Every table with all of its rows, as text. */
function contents(db: Database.Database, only?: ReadonlySet<string>): Map<string, string> {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  const text = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
  return new Map(
    tables.filter((name) => !only || only.has(name)).map((name) => [name, JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all(), text)]),
  );
}

const version = (db: Database.Database): number => Number(db.pragma('user_version', { simple: true }));

/** One row in every table of the first version, each column filled. */
function fill(db: Database.Database): void {
  db.pragma('foreign_keys = OFF');
  for (const name of contents(db).keys()) {
    const columns = db.pragma(`table_info(${name})`) as { name: string; type: string }[];
    const values = columns.map((c, i) => (c.type === 'INTEGER' ? 9_007_199_254_740_993n + BigInt(i) : `${name}.${c.name}`));
    db.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
  }
}

test('a database of the first version is backed up, brought to the newest, and keeps every row', () => {
  const { file, first, backups } = prepared();
  const old = openForWriting(file, first);
  fill(old);
  const before = contents(old);
  expect([version(old), before.size > 25]).toEqual([1, true]);
  old.close();

  const db = openForWriting(file, migrations);
  onTestFinished(() => void db.close());
  expect(version(db)).toBe(knownVersion(migrations));
  expect(knownVersion(migrations)).toBeGreaterThan(2);
  for (const [name, rows] of before) {
    const kept = (JSON.parse(rows) as Record<string, unknown>[])[0]!;
    const now = JSON.parse(contents(db, new Set([name])).get(name)!) as Record<string, unknown>[];
    expect(now, name).toHaveLength(1);
    expect(now[0], name).toMatchObject(kept);
  }
  expect([...contents(db).keys()]).toEqual(expect.arrayContaining(['deadline', 'repayment', 'request_entry']));

  expect(fs.readdirSync(backups)).toEqual(['before-migration-1.db']);
  const backup = new Database(path.join(backups, 'before-migration-1.db'), { readonly: true });
  onTestFinished(() => void backup.close());
  backup.defaultSafeIntegers();
  expect([version(backup), contents(backup)]).toEqual([1, before]);
});

test('opening it once more changes nothing and makes no further backup', () => {
  const { file, first, backups } = prepared();
  openForWriting(file, first).close();
  openForWriting(file, migrations).close();
  const [bytes, copies] = [fs.readFileSync(file), fs.readdirSync(backups)];
  openForWriting(file, migrations).close();
  expect(fs.readFileSync(file).equals(bytes)).toBe(true);
  expect(fs.readdirSync(backups)).toEqual(copies);
});

test('a new database is made at the newest version, without a backup', () => {
  const { file, backups } = prepared();
  const db = openForWriting(file, migrations);
  onTestFinished(() => void db.close());
  expect(version(db)).toBe(knownVersion(migrations));
  expect(fs.existsSync(backups)).toBe(false);
});

test('a migration that fails leaves the database as it was', () => {
  const { file, first } = prepared();
  openForWriting(file, first).close();
  const broken = path.join(path.dirname(first), 'broken');
  fs.cpSync(first, broken, { recursive: true });
  fs.writeFileSync(path.join(broken, '0002_half.sql'), 'CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE import (x INTEGER) STRICT;');
  const bytes = fs.readFileSync(file);
  expect(() => openForWriting(file, broken)).toThrow('import');
  const db = new Database(file);
  onTestFinished(() => void db.close());
  expect([version(db), contents(db).has('half')]).toEqual([1, false]);
  expect(fs.readFileSync(file).equals(bytes)).toBe(true);
});

test('a database of a newer version is refused and left untouched', () => {
  const { file, backups } = prepared();
  const db = openForWriting(file, migrations);
  const newer = knownVersion(migrations) + 1;
  db.exec(`CREATE TABLE later (x TEXT) STRICT; INSERT INTO later VALUES ('kept'); PRAGMA user_version = ${newer}`);
  db.close();
  const bytes = fs.readFileSync(file);
  expect(() => openForWriting(file, migrations)).toThrow(
    expect.objectContaining({ name: 'NewerDatabase', message: expect.stringContaining(`version ${newer}`) }),
  );
  expect(fs.readFileSync(file).equals(bytes)).toBe(true);
  expect(fs.existsSync(backups)).toBe(false);
});

test('what an older database goes through is known before it begins, and each step is told', () => {
  const { file, first } = prepared();
  expect(pendingUpgrade(file, migrations)).toBeUndefined();
  openForWriting(file, first).close();
  const newest = knownVersion(migrations);
  expect(pendingUpgrade(file, migrations)).toEqual({ from: 1, to: newest, bytes: fs.statSync(file).size });
  const steps: UpgradeStep[] = [];
  openForWriting(file, migrations, { onStep: (step) => steps.push(step) }).close();
  expect(steps).toEqual(Array.from({ length: newest }, (_, done) => ({ stage: done === 0 ? 'copy' : 'change', done, total: newest })));
  expect(pendingUpgrade(file, migrations)).toBeUndefined();
  openForWriting(file, migrations, { onStep: () => expect.unreachable('nothing is left to do') }).close();
});

test('a person may stop it between its steps: the database stays as it was', () => {
  const { file, first } = prepared();
  openForWriting(file, first).close();
  const bytes = fs.readFileSync(file);
  const onStep = ({ done }: UpgradeStep): void => {
    if (done === 3) throw new Error('stopped');
  };
  expect(() => openForWriting(file, migrations, { onStep })).toThrow('stopped');
  expect(fs.readFileSync(file).equals(bytes)).toBe(true);
  expect(pendingUpgrade(file, migrations)?.from).toBe(1);
});
