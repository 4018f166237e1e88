import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { copyOriginal, hashFile, stateOf } from '../../electron/jobs/file-store.ts';
import { walkPaths } from '../../electron/jobs/import-paths.ts';
import { openWorkspace } from '../db/workspace.ts';
import { workbookBytes } from '../fixtures/odd-workbooks.ts';

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-store-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('an original that changed after it was hashed is not taken for the one that is kept already', async () => {
  const folder = temporaryFolder();
  const [file, kept] = [path.join(folder, '账单.csv'), path.join(folder, 'files')];
  fs.writeFileSync(file, 'a,b\n1,2\n');
  const { sha256 } = await hashFile(file);
  const state = stateOf(file);
  expect(await copyOriginal(file, state, sha256, kept).keep()).toBe(true);
  expect(await copyOriginal(file, state, sha256, kept).keep()).toBe(true);
  fs.writeFileSync(file, 'a,b\n1,20\n');
  expect(await copyOriginal(file, state, sha256, kept).keep()).toBe(false);
  expect(fs.readFileSync(path.join(kept, sha256), 'utf8')).toBe('a,b\n1,2\n');
});

test('a copy that was begun and is not kept is removed, and one that failed says why when it is to be kept', async () => {
  const folder = temporaryFolder();
  const [file, kept] = [path.join(folder, '账单.csv'), path.join(folder, 'files')];
  fs.writeFileSync(file, 'a,b\n1,2\n');
  const { sha256 } = await hashFile(file);
  const dropped = copyOriginal(file, stateOf(file), sha256, kept);
  await dropped.drop();
  expect(fs.readdirSync(kept)).toEqual([]);
  const changed = copyOriginal(file, stateOf(file), sha256, kept);
  fs.writeFileSync(file, 'a,b\n1,20\n');
  expect(await changed.keep()).toBe(false);
  await changed.drop();
  expect(fs.readdirSync(kept)).toEqual([]);
  const failed = copyOriginal(path.join(folder, '没有.csv'), '', sha256, kept);
  await expect(failed.keep()).rejects.toThrow('ENOENT');
  await failed.drop();
});

test('a folder that holds links to itself is walked once, in the order of names', async () => {
  const folder = temporaryFolder();
  for (const name of ['b.csv', 'a.csv']) fs.writeFileSync(path.join(folder, name), 'x');
  fs.mkdirSync(path.join(folder, '九月'));
  fs.writeFileSync(path.join(folder, '九月', 'c.csv'), 'x');
  for (const link of ['loop', '九月/up', '九月/again']) fs.symlinkSync(folder, path.join(folder, link));
  const names = (await walkPaths([folder, path.join(folder, '没有')])).map((file) => path.relative(folder, file));
  expect(names).toEqual(['a.csv', 'b.csv', path.join('九月', 'c.csv'), '没有']);
});

test('an original and its name are on the disk before it counts as kept, and what a killed process began is removed', async () => {
  const folder = temporaryFolder();
  const [file, kept] = [path.join(folder, '账单.csv'), path.join(folder, 'files')];
  fs.writeFileSync(file, 'a,b\n1,2\n');
  const { sha256 } = await hashFile(file);
  const steps: string[] = [];
  const [fsync, rename] = [fs.fsync, fs.renameSync];
  vi.spyOn(fs, 'fsync').mockImplementation((handle, done) => {
    steps.push(fs.fstatSync(handle).isDirectory() ? 'folder' : 'file');
    fsync(handle, done);
  });
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    steps.push('rename');
    rename(from, to);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  expect(await copyOriginal(file, stateOf(file), sha256, kept).keep()).toBe(true);
  expect(steps).toEqual(['file', 'rename', 'folder', 'folder']);
  fs.writeFileSync(path.join(kept, `.${'0'.repeat(64)}.1.part`), 'half');
  expect(await copyOriginal(file, stateOf(file), sha256, kept).keep()).toBe(true);
  expect(fs.readdirSync(kept)).toEqual([sha256]);
});

test('a file exchanged for another at any moment is never kept as the original of rows that it does not hold', async () => {
  const workbook = (order: string): Buffer =>
    workbookBytes({
      rows: [
        ['账期', '客户ID', '订单号', '产品类型', '应付金额', '现金支付'],
        ['2025-09', 'c1', order, 'ECS', '1', '1'],
      ]
        .map((cells, r) => `<row r="${r + 1}">${cells.map((c) => `<c t="inlineStr"><is><t>${c}</t></is></c>`).join('')}</row>`)
        .join(''),
    });
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const [file, other] = [path.join(workspace.folder, 'a.xlsx'), path.join(workspace.folder, 'b.xlsx')];
  fs.writeFileSync(file, workbook('A'));
  fs.writeFileSync(other, workbook('B'));
  const stat = fs.statSync;
  let asked = 0;
  vi.spyOn(fs, 'statSync').mockImplementation(((target: string, options: { bigint: true }) => {
    if (asked++ === 0) fs.renameSync(other, file);
    return stat(target, options);
  }) as typeof fs.statSync);
  onTestFinished(() => void vi.restoreAllMocks());
  const { sha256 } = await workspace.take(file);
  expect(asked).toBeGreaterThan(0);
  expect(workspace.rows('SELECT trade_id FROM consumption')).toEqual(['B']);
  expect(fs.readFileSync(path.join(workspace.folder, 'files', sha256))).toEqual(workbook('B'));
});
