/** Builds what is missing from dist/ or older than the sources. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { environment, requireNode, root } from './node.mjs';

const shared = ['scripts/build.ts', 'scripts/vite.ts', 'package-lock.json'];
/** Each part of the build with what it is made from. `.built` carries the time at which its build began. */
const parts = {
  node: { stamp: 'dist/main/.built', sources: ['electron', 'db', ...shared] },
  renderer: {
    stamp: 'dist/renderer/.built',
    sources: ['renderer', 'electron/core', 'electron/contract.ts', 'electron/contract', 'electron/window-api.ts', ...shared],
  },
};

const timeOf = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The latest change in a file or folder, in ms. A folder's own time counts too: it changes when a file in it goes away. */
function latest(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  let time = stat.mtimeMs;
  for (const name of fs.readdirSync(file)) time = Math.max(time, latest(path.join(file, name)));
  return time;
}

const isStale = ({ stamp, sources }) => {
  const built = timeOf(path.join(root, stamp));
  return built === 0 || sources.some((source) => latest(path.join(root, source)) > built);
};

/** Builds the named parts ('node', 'renderer') that are out of date; all output to stderr; ends the process when the build fails. */
export function ensureBuilt(names = ['node', 'renderer']) {
  const stale = () => names.filter((name) => isStale(parts[name]));
  if (stale().length === 0) return;
  const release = lock();
  try {
    const late = stale();
    if (late.length === 0) return;
    process.stderr.write('正在构建… / Building…\n');
    const { status } = spawnSync(requireNode(), ['scripts/build.ts', ...late], { cwd: root, stdio: ['ignore', 2, 2], env: environment() });
    if (status !== 0) {
      process.stderr.write('构建失败，原因见上。 / The build failed; the reason is above.\n');
      release();
      process.exit(1);
    }
  } finally {
    release();
  }
}

/** One build at a time: commands that start together wait for the first one's build. Returns what gives the lock back. */
function lock() {
  const file = path.join(root, 'dist/.building');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives(file)) fs.rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
}

function holderLives(file) {
  try {
    const pid = Number(fs.readFileSync(file, 'utf8'));
    // An empty file is one whose owner is just writing its number.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
