import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openForReading } from '../../db/open.ts';
import { openApp, type OpenedApp } from '../handlers/opened-app.ts';

const head = '账期,客户ID,订单号,产品类型,应付金额,现金支付';
const lines = (order: string, rows: number): string =>
  `${head}\n${Array.from({ length: rows }, (_, i) => `2025-09,c1,${order}${i},ECS,1.00,1.00`).join('\n')}\n`;

let temporary: string;
beforeEach(() => {
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-killed-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(temporary, { recursive: true, force: true });
});

/** Starts an import in a process of its own that kills itself at the n-th line of its progress. */
function killedAt(app: OpenedApp, file: string, line: number): Promise<string | null> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'import-child.ts'), app.workspace, file, String(line)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)));
}

function state(app: OpenedApp): unknown {
  const db = openForReading(path.join(app.workspace, 'hezhang.db'));
  try {
    return {
      sound: db.pragma('integrity_check', { simple: true }),
      imports: db.prepare('SELECT name FROM import ORDER BY name').pluck().all(),
      rows: Number(db.prepare('SELECT count(*) FROM consumption').pluck().get()),
      originals: fs.readdirSync(path.join(app.workspace, 'files')).filter((name) => !name.startsWith('.')).length,
    };
  } finally {
    db.close();
  }
}

test.each([1, 12])('a process killed at line %i of its progress leaves what was there before, and nothing else', async (line) => {
  const first = openApp();
  expect(await first.import('a.csv', lines('A', 3))).toMatchObject({ status: 'imported' });
  const before = { sound: 'ok', imports: ['a.csv'], rows: 3, originals: 1 };
  const file = path.join(first.folder, 'b.csv');
  fs.writeFileSync(file, lines('B', 25_000));
  expect(await killedAt(first, file, line)).toBe('SIGKILL');
  expect(state(first)).toEqual(before);
  // The next one that starts and imports clears what the killed process could not.
  const own = fs.readdirSync(temporary).filter((name) => name.startsWith('hezhang-results-'));
  expect(own.length).toBe(2);
  openApp();
  expect(fs.readdirSync(temporary).filter((name) => name.startsWith('hezhang-results-')).length).toBe(2);
  fs.writeFileSync(path.join(first.workspace, 'files', `.${'0'.repeat(64)}.1.part`), 'half of an original');
  expect(await first.import('c.csv', lines('C', 2))).toMatchObject({ status: 'imported' });
  expect(fs.readdirSync(path.join(first.workspace, 'files')).filter((name) => name.startsWith('.'))).toEqual([]);
  expect(state(first)).toEqual({ sound: 'ok', imports: ['a.csv', 'c.csv'], rows: 5, originals: 2 });
});
