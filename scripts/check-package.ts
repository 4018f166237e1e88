/**
 * Packs the built app for Linux and Windows around a stand-in of Electron's archive and looks into the result: what must be there, what must not,
 * and how large it is. macOS packages are made on macOS alone, so for them the pattern of electron-builder.yml is checked.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fakeElectronDist } from './fake-electron-dist.ts';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'build/packages');
/** How the executable stores a fuse: one character. */
const [fuseOff, fuseOn] = ['0'.charCodeAt(0), '1'.charCodeAt(0)];
const asarLimit = 30_000_000;
const required = [
  'package.json',
  'dist/main/main.js',
  'dist/main/worker.js',
  'dist/main/invoice-worker.js',
  'dist/main/reading-thread.js',
  'dist/main/outcome-thread.js',
  'dist/main/search-thread.js',
  'dist/renderer/pdfjs/pdf.min.mjs',
  'dist/renderer/pdfjs/pdf.worker.min.mjs',
  'dist/cmaps/UniGB-UCS2-H.bcmap',
  'dist/main/cli.js',
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
  'dist/renderer/bridge.js',
  'dist/fonts/400Regular/NotoSansSC_400Regular.ttf',
  'dist/fonts/700Bold/NotoSansSC_700Bold.ttf',
  'dist/fonts/LICENSE',
  ...fs.readdirSync(path.join(root, 'db/migrations')).map((name) => `dist/main/migrations/${name}`),
  ...fs.readdirSync(path.join(root, 'electron/sample')).map((name) => `dist/sample/${name}`),
  'node_modules/better-sqlite3/package.json',
];

process.chdir(root);
fs.rmSync(out, { recursive: true, force: true });
await check('linux', 'x64', 'linux-unpacked', 'hezhang');
await check('win32', 'x64', 'win-unpacked', 'hezhang.exe');
checkMacPattern();

async function check(platform: 'linux' | 'win32', arch: 'x64', folder: string, executable: string): Promise<void> {
  const electronDist = path.join(root, 'build/fake-electron-dist');
  await fakeElectronDist(electronDist, platform);
  pack([
    platform === 'linux' ? '--linux' : '--win',
    `--${arch}`,
    '--dir',
    `-c.electronDist=${electronDist}`,
    `-c.directories.output=${out}`,
  ]);
  const packed = path.join(out, folder);
  const asar = path.join(packed, 'resources/app.asar');
  const files = listPackage(asar, { isPack: false }).map((name) => name.replaceAll('\\', '/').slice(1));
  assert.deepEqual(
    required.filter((name) => !files.includes(name)),
    [],
    `${platform}: missing from app.asar`,
  );
  const prebuilds = fs.readdirSync(path.join(packed, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds'));
  assert.deepEqual(prebuilds, [`${platform}-${arch}.node`], `${platform}: prebuilds`);
  const foreign = files.filter((name) => !/^(dist|node_modules|package\.json)(\/|$)/.test(name));
  assert.deepEqual(foreign, [], `${platform}: neither the bundle nor its one package`);
  const stray = files.filter((name) => /\.map$|\.built$|better-sqlite3\/(deps|src)\//.test(name));
  assert.deepEqual(stray, [], `${platform}: not for the package`);
  const modules = new Set(files.filter((name) => name.startsWith('node_modules/')).map((name) => name.split('/')[1]));
  assert.deepEqual([...modules], ['better-sqlite3'], `${platform}: packages beside the bundle`);
  const { size } = fs.statSync(asar);
  assert.ok(size <= asarLimit, `${platform}: app.asar is ${size} bytes, the limit is ${asarLimit}`);
  const fuses = await getCurrentFuseWire(path.join(packed, executable));
  const off = [FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments];
  for (const fuse of off) assert.equal(fuses[fuse], fuseOff, `${platform}: fuse ${FuseV1Options[fuse]}`);
  for (const fuse of [FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableEmbeddedAsarIntegrityValidation])
    assert.equal(fuses[fuse], fuseOn, `${platform}: fuse ${FuseV1Options[fuse]}`);
  process.stdout.write(`${platform}-${arch}: ${files.length} files, app.asar ${megabytes(size)} MB: ${parts(asar, files)}\n`);
}

/** The folders of the package and what each weighs, heaviest first. */
function parts(asar: string, files: readonly string[]): string {
  const weights = new Map<string, number>();
  for (const name of files) {
    const entry = statFile(asar, path.normalize(name));
    if (!('size' in entry) || entry.unpacked) continue;
    const part = name.split('/').slice(0, 2).join('/');
    weights.set(part, (weights.get(part) ?? 0) + entry.size);
  }
  const heaviest = [...weights].toSorted(([, a], [, b]) => b - a).filter(([, weight]) => weight >= 50_000);
  return heaviest.map(([part, weight]) => `${part} ${megabytes(weight)}`).join(', ');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function checkMacPattern(): void {
  const config = fs.readFileSync('electron-builder.yml', 'utf8');
  const mac = /^mac:\n((?: {2}.*\n)+)/m.exec(config)?.[1] ?? '';
  assert.ok(mac.includes('- dist/**\n'), 'darwin: what goes in');
  assert.ok(mac.includes("- '!**/node_modules/better-sqlite3/prebuilds/!(darwin-${arch}).node'\n"), 'darwin: prebuilds');
}

/** Runs electron-builder as a person would; its long log is shown only when it fails. */
function pack(options: string[]): void {
  // What would be written into a .exe needs a real one.
  const noExe = ['-c.win.signAndEditExecutable=false', ...(options.includes('--win') ? ['-c.disableAsarIntegrity=true'] : [])];
  const args = ['node_modules/electron-builder/cli.js', ...options, ...noExe, '--publish', 'never'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, `electron-builder ${options.join(' ')}\n${stdout}\n${stderr}`);
}
