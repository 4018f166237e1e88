import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../electron/errors.ts';
import { run, type Answers } from './cli-terminal.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
});

/** A result of the app: a file in its own folder, known by its token. */
function made(start: Parameters<Answers[string]>[1], name: string): { token: string; name: string } {
  const file = path.join(folder, `made-${name}`);
  fs.writeFileSync(file, `the ${name}`);
  return { token: start.files.register(file), name };
}
const pack: Answers = {
  'month.dispute': (_, start) => ({ files: ['a.xlsx', 'a.txt'].map((name) => made(start, name)), keys: ['k1', 'k2'] }),
  'month.report': (_, start) => made(start, 'r.xlsx'),
  'findings.mark': () => ({ changed: 2 }),
};
const notReconciled: Answers = {
  'month.dispute': () => {
    throw new AppError('not-reconciled', { zh: '请先对账', en: 'reconcile first' });
  },
};

describe('dispute', () => {
  it('writes both files into a folder that it makes, and marks nothing', async () => {
    const out = path.join(folder, 'new', 'pack');
    const ran = await run(['dispute', '2025-09', '--out', out, '--json'], { answers: pack });
    expect(ran).toMatchObject({ code: 0, calls: [['month.dispute', { billingCycle: '2025-09' }]] });
    const files = ['a.xlsx', 'a.txt'].map((name) => path.join(out, name));
    expect(JSON.parse(ran.out)).toEqual({ files });
    expect(files.map((file) => fs.readFileSync(file, 'utf8'))).toEqual(['the a.xlsx', 'the a.txt']);
  });

  it('--mark marks the findings of the pack, once it is written', async () => {
    const ran = await run(['dispute', '2025-09', '--out', folder, '--mark'], { answers: pack });
    expect(ran.calls.at(-1)).toEqual(['findings.mark', { keys: ['k1', 'k2'], status: 'disputed', again: true }]);
    fs.writeFileSync(path.join(folder, 'file'), '');
    const failed = await run(['dispute', '2025-09', '--out', path.join(folder, 'file'), '--mark'], { answers: pack });
    expect(failed.code).toBe(2);
    expect(failed.calls.map(([method]) => method)).toEqual(['month.dispute']);
  });

  it('of a month that is not reconciled answers 2 and makes no folder', async () => {
    const out = path.join(folder, 'pack');
    const ran = await run(['dispute', '2025-09', '--out', out, '--json'], { answers: notReconciled });
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code: 'not-reconciled' } });
    expect(fs.existsSync(out)).toBe(false);
  });

  it('needs a month and a folder', async () => {
    expect(await run(['dispute', '2025-09'], { answers: pack })).toMatchObject({ code: 2, calls: [] });
    expect(await run(['dispute', '--out', folder], { answers: pack })).toMatchObject({ code: 2, calls: [] });
  });
});

it('report writes the file of --out in the language asked for', async () => {
  const target = path.join(folder, 'month.xlsx');
  const ran = await run(['report', '2025-09', '--out', target, '--lang', 'en', '--json'], { answers: pack });
  expect(JSON.parse(ran.out)).toEqual({ files: [target] });
  expect(ran.calls).toEqual([['month.report', { billingCycle: '2025-09', language: 'en' }]]);
  expect(fs.readFileSync(target, 'utf8')).toBe('the r.xlsx');
  expect(await run(['report', '2025-09', '--out', folder], { answers: pack })).toMatchObject({ code: 2, calls: [] });
});

describe('close and reopen', () => {
  const answers: Answers = {
    'month.close': (input: { preparedBy: string; reviewedBy: string }) => ({
      billingCycle: '2025-09',
      closed: { at: 'T', ...input },
      open: 3,
    }),
    'month.reopen': () => ({ billingCycle: '2025-09', reopenedAt: 'T' }),
  };

  it('pass the names and the reason on', async () => {
    const closed = await run(['close', '2025-09', '--prepared-by', '王芳', '--reviewed-by', '李娜'], { answers });
    expect(closed.calls).toEqual([['month.close', { billingCycle: '2025-09', preparedBy: '王芳', reviewedBy: '李娜' }]]);
    expect(closed.out).toContain('王芳 制表，李娜 复核');
    const reopened = await run(['reopen', '2025-09', '--reason', '补账单', '--json'], { answers });
    expect(reopened.calls).toEqual([['month.reopen', { billingCycle: '2025-09', reason: '补账单' }]]);
    expect(JSON.parse(reopened.out)).toEqual({ billingCycle: '2025-09', reopenedAt: 'T' });
  });

  it.each([
    ['close', '2025-09', '--prepared-by', '王芳'],
    ['reopen', '2025-09'],
    ['close', '--prepared-by', 'a', '--reviewed-by', 'b'],
  ])('refuse %s with something missing', async (...argv) => {
    expect(await run(argv, { answers })).toMatchObject({ code: 2, calls: [] });
  });

  it('status names who closed the month', async () => {
    const status = { billingCycle: '2025-09', statements: [], closed: { at: 'T', preparedBy: '王芳', reviewedBy: '李娜' } };
    expect((await run(['status', '2025-09'], { answers: { 'month.status': () => status } })).out).toContain('王芳 制表，李娜 复核');
  });
});

describe('backup and restore', () => {
  const note = { zh: '原件不在', en: 'gone' };

  it('name the file by its token and tell what is not in it', async () => {
    const answers: Answers = {
      'workspace.backup': ({ token }: { token: string }, start) => ({
        token,
        name: start.files.resolve(token),
        originals: 2,
        bytes: 9,
        notes: [],
      }),
      'workspace.restore': () => ({ at: 'T', originals: 2, previous: 'before.zip', notes: [note] }),
    };
    const file = path.resolve('/somewhere/all.zip');
    const backup = await run(['backup', 'all.zip', '--json'], { answers });
    expect(JSON.parse(backup.out)).toEqual({ files: [file] });
    expect(backup.files.resolve((backup.calls[0]![1] as { token: string }).token)).toBe(file);
    const restore = await run(['restore', 'all.zip', '--json'], { answers });
    expect(JSON.parse(restore.out)).toEqual({ restored: file, at: 'T', originals: 2, previous: 'before.zip', notes: ['原件不在'] });
    expect((await run(['restore', 'all.zip', '--lang', 'en'], { answers })).out).toContain('backups/before.zip');
    expect(await run(['backup'], { answers })).toMatchObject({ code: 2, calls: [] });
  });
});
