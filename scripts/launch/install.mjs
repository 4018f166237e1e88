/** Installs the dependencies when they are not the ones that package-lock.json names. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { findNode, root } from './node.mjs';

const packages = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages;

/** True when node_modules holds every package of the lockfile at its version, and no other. */
export function isInstalled() {
  let present;
  try {
    present = packages('node_modules/.package-lock.json');
  } catch {
    return false;
  }
  const wanted = packages('package-lock.json');
  const missing = Object.entries(wanted).some(([name, { version, optional, devOptional }]) => {
    if (name === '') return false;
    const there = present[name];
    return there === undefined ? !(optional || devOptional) : there.version !== version;
  });
  return !missing && Object.keys(present).every((name) => name in wanted) && findNode() !== undefined;
}

/** npm as a program and its first arguments: the npm that runs this script where there is one. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /\.c?js$/.test(script)) return { program: process.execPath, first: [script], shell: false };
  return { program: 'npm', first: [], shell: process.platform === 'win32' };
}

/** Runs `npm ci` when something is missing; ends the process with a plain message when that fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  process.stderr.write('正在安装依赖（首次约半分钟）… / Installing dependencies (about half a minute the first time)…\n');
  const { program, first, shell } = npm();
  const { status } = spawnSync(program, [...first, 'ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell,
  });
  if (status === 0) return;
  process.stderr.write(
    '依赖没有装上：请检查网络或 npm 源（npm config get registry），然后重试。\n' +
      'The dependencies could not be installed: check the network or the npm registry (npm config get registry) and try again.\n',
  );
  process.exit(1);
}
