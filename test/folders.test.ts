import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolders } from '../electron/folders.ts';

function temporary(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-folders-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('folders are made down to the last; those that are there stay', () => {
  const folder = path.join(temporary(), 'a', 'b', 'c');
  makeFolders(folder);
  fs.writeFileSync(path.join(folder, 'x'), '');
  makeFolders(folder);
  expect(fs.readdirSync(folder)).toEqual(['x']);
});

test('below a file none is made', () => {
  const file = path.join(temporary(), 'file');
  fs.writeFileSync(file, '');
  expect(() => makeFolders(path.join(file, 'a', 'b'))).toThrow(/ENOTDIR|ENOENT|folder/);
  expect(fs.readFileSync(file, 'utf8')).toBe('');
});

test('where the system takes none it says so and returns', () => {
  // In a process of its own: what never returns cannot be ended from within. Elsewhere than on Linux the path is one that cannot be.
  const nowhere = process.platform === 'linux' ? '/proc/nowhere/files' : path.join(temporary(), 'a\0b', 'files');
  const source = pathToFileURL(path.resolve('electron/folders.ts')).href;
  const script = `import { makeFolders } from ${JSON.stringify(source)};
    try { makeFolders(${JSON.stringify(nowhere)}); } catch (error) { console.log(error.code, error.text?.zh ?? '', error.text?.en ?? ''); }`;
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 120_000, encoding: 'utf8' });
  expect(signal).toBeNull();
  expect(stdout).toMatch(
    process.platform === 'linux' ? /^write\.no-folder .*\/proc\/nowhere.*ENOENT.*The folder/ : /^ERR_INVALID_ARG_VALUE/,
  );
});
