import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
/** Runs an entry script as npm does; `act` sees its output as it grows. */
function entry(script: string, args: string[], act?: (stdout: string, child: ChildProcess) => void): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    stdout += String(text);
    act?.(stdout, child);
  });
  child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
/** Interrupts once, as soon as the host has printed its address. */
const interruptWhenOpen = () => {
  let sent = false;
  return (stdout: string, child: ChildProcess): void => {
    if (sent || !/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+\s/.test(stdout)) return;
    sent = true;
    child.kill('SIGINT');
  };
};

test('npx hezhang passes output and exit codes through', async ({ workspace }) => {
  const hezhang = (...args: string[]) => entry('scripts/node-runtime/hezhang.mjs', ['--workspace', workspace, '--json', ...args]);
  const good = await hezhang('imports');
  expect([good.code, JSON.parse(good.stdout)]).toEqual([0, { imports: [] }]);
  const refused = await hezhang('reconcile', '2025-13');
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'usage' } });
});

test('npx hezhang passes an interrupt on and ends as the command ends', async ({ workspace }) => {
  const served = await entry('scripts/node-runtime/hezhang.mjs', ['--workspace', workspace, 'serve'], interruptWhenOpen());
  expect(served.code).toBe(0);
});

test('npm start serves the app where there is no window, and stops cleanly', async ({ workspace }) => {
  const started = await entry('scripts/start.mjs', ['--workspace', workspace, '--no-open'], interruptWhenOpen());
  expect(started.code).toBe(0);
  expect(started.stdout).toContain('http://127.0.0.1:');
  expect(fs.existsSync(path.join(workspace, 'hezhang.db'))).toBe(true);
});

test('npm start explains an option that it does not know', async () => {
  const started = await entry('scripts/start.mjs', ['--colour']);
  expect([started.code, started.stderr]).toEqual([2, expect.stringContaining('npm start -- [--workspace DIR]')]);
});
