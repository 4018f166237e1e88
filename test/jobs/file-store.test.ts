import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashFile, keepOriginal, stateOf } from '../../electron/jobs/file-store.ts';
import { walkPaths } from '../../electron/jobs/import-paths.ts';

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
  expect(keepOriginal(file, state, sha256, kept)).toBe(true);
  expect(keepOriginal(file, state, sha256, kept)).toBe(true);
  fs.writeFileSync(file, 'a,b\n1,20\n');
  expect(keepOriginal(file, state, sha256, kept)).toBe(false);
  expect(fs.readFileSync(path.join(kept, sha256), 'utf8')).toBe('a,b\n1,2\n');
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
