/** Finds the Node that the app runs on, and runs things with it. Plain JavaScript: the entry scripts start on Node 20 with nothing installed. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
const bundledFolder = path.join(
  root,
  'node_modules',
  `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
  'bin',
);
const bundled = path.join(bundledFolder, process.platform === 'win32' ? 'node.exe' : 'node');

/** Runs TypeScript and better-sqlite3: Node 22.18 or later. */
const goodEnough = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
};

/** The path of a Node that can run the app: the one that the lockfile pins, else this one; undefined where neither will do. */
export function findNode() {
  if (fs.existsSync(bundled)) return bundled;
  return goodEnough() ? process.execPath : undefined;
}

/** As findNode, but ends the process with what to do. */
export function requireNode() {
  const node = findNode();
  if (node !== undefined) return node;
  process.stderr.write(
    `核账需要 Node.js 22.18 或更高版本（当前 ${process.version}）。请运行 npm ci，或安装 Node.js 24。\n` +
      `Hezhang needs Node.js 22.18 or later (this is ${process.version}). Run npm ci, or install Node.js 24.\n`,
  );
  process.exit(2);
}

/** The environment in which `node` and the project's tools are the installed ones. */
export function environment(extra = {}) {
  const PATH = [bundledFolder, path.join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(path.delimiter);
  return { ...process.env, PATH, ...extra };
}

/** What a shell would call the way a child process ended. */
export const exitCode = (code, signal) => code ?? 128 + (os.constants.signals[signal] ?? 0);

/**
 * Runs a program to its end and answers its exit code (128 + n after signal n). Signals sent to this process reach it; a terminal's Ctrl+C
 * does by itself, because both stand in the same foreground group.
 */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', cwd: root, env: environment(), ...options });
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(exitCode(code, signal));
    });
  });
}
