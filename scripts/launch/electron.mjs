/** Finds Electron's executable, or fetches it once where its release server answers. */
import fs from 'node:fs';
import path from 'node:path';
import { requireNode, root, run } from './node.mjs';

const folder = path.join(root, 'node_modules/electron');
const version = () => JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
const probeMs = 6_000;
const downloadMs = 10 * 60_000;

/** The executable's path; undefined where Electron's package has not fetched it. */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return path.join(override, process.platform === 'win32' ? 'electron.exe' : 'electron');
  try {
    const file = path.join(folder, 'dist', fs.readFileSync(path.join(folder, 'path.txt'), 'utf8'));
    return fs.existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** A Linux machine without a display can open no window. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The executable's path, fetched first where it is missing; undefined where it cannot be had. Asks the server before it waits for it. */
export async function fetchElectron() {
  const there = findElectron();
  if (there !== undefined) return there;
  if (!(await serverAnswers())) return undefined;
  process.stderr.write('正在下载 Electron（约 120 MB，只需一次）… / Downloading Electron (about 120 MB, once)…\n');
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), downloadMs);
  try {
    await run(requireNode(), ['node_modules/electron/install.js'], { stdio: ['ignore', 2, 2], signal: limit.signal });
  } catch {
    // Said by the caller: there is no executable.
  } finally {
    clearTimeout(timer);
  }
  return findElectron();
}

async function serverAnswers() {
  const mirror =
    process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/';
  const url = `${mirror.replace(/\/?$/, '/')}v${version()}/SHASUMS256.txt`;
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) })).ok;
  } catch {
    return false;
  }
}
