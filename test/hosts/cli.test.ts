import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NewerDatabase } from '../../db/open.ts';
import { AppError } from '../../electron/errors.ts';
import { commands } from '../../electron/hosts/cli/commands.ts';
import { run } from './cli-terminal.ts';

const statuses = { 'month.status': () => ({ billingCycle: '2025-09', statements: [] }) };

describe('usage', () => {
  it.each([
    [[], '没有写命令'],
    [['dispute', '2025-09'], '缺少 --out DIR'],
    [['close', '2025-09'], '缺少 --prepared-by'],
    [['recompute'], '没有命令“recompute”'],
    [['status'], '缺少账期'],
    [['status', '2025-9'], '2025-9'],
    [['status', '2025-13'], '2025-13'],
    [['status', '2025-09', 'more'], 'more'],
    [['status', '2025-09', '--pair', 'x'], '--pair'],
    [['status', '2025-09', '--lang', 'fr'], '--lang'],
    [['import'], '没有给出要导入的文件'],
    [['import', 'a.csv', '--kind', 'bill'], 'partner-bill'],
    [['import', 'a.csv', '--account', 'x'], 'recharge, credit'],
    [['import', 'a.csv', '--cycle', '202509'], '202509'],
    [['imports', 'redo'], 'imports undo ID'],
    [['imports', 'undo'], '编号'],
    [['reconcile', '2025-09', '--fail-on', 'grave'], 'dispute, review, fix, info'],
    [['reconcile', '2025-09', '--fail-on'], '--fail-on'],
    [['findings', '2025-09', '--code', 'no.such'], 'no.such'],
    [['bridge', '2025-09', '--pair', 'a-b'], 'bill-consumption'],
    [['invoice'], 'add、tie、list 或 remove'],
    [['invoice', 'add', '--number', '1'], '--kind --date --net --tax'],
    [['invoice-list', '--out', 'x.pdf'], '申付单号'],
    [['invoice-list', 'SF1'], '--out'],
    [['invoice-list', 'SF1', '--out', 'no/such/folder/x.pdf'], '没有文件夹'],
    [['settings'], 'settings get'],
    [['settings', 'set', 'sellerName'], 'KEY VALUE'],
    [['sample'], '文件夹'],
    [['serve', '--port', '70000'], '65535'],
  ])('refuses %j with exit code 2 and says why, before a workspace is opened', async (argv, why) => {
    const ran = await run(argv);
    expect(ran.err).toContain(why);
    expect(ran).toMatchObject({ code: 2, out: '', calls: [], opened: [] });
  });

  it('gives the usage as one document with --json', async () => {
    const { code, out } = await run(['--help', '--json', '--lang', 'en']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { usage: string }).usage).toContain('Usage: hezhang');
  });
  it('lists exactly the commands that exist', async () => {
    const { code, out } = await run(['--help', '--lang', 'en']);
    expect(code).toBe(0);
    expect(out.match(/^ {2}[a-z-]+(?= |$)/gm)?.map((line) => line.trim())).toEqual(commands.map(({ name }) => name));
  });

  it('takes the shared options before and after the command', async () => {
    for (const argv of [
      ['--json', '--lang', 'en', '--workspace', 'w', 'status', '2025-09'],
      ['status', '--json', '2025-09', '--workspace=w', '--lang=en'],
    ]) {
      const ran = await run(argv, { answers: statuses });
      expect(JSON.parse(ran.out)).toEqual({ billingCycle: '2025-09', statements: [] });
      expect(ran).toMatchObject({ code: 0, err: '', opened: [path.resolve('w')], closed: 1 });
    }
  });

  it('takes the workspace from HEZHANG_WORKSPACE where none is given', async () => {
    const env = { HEZHANG_WORKSPACE: '/data/books' };
    expect((await run(['status', '2025-09'], { answers: statuses, env })).opened).toEqual([path.resolve('/data/books')]);
    expect((await run(['status', '2025-09', '--workspace', '/w'], { answers: statuses, env })).opened).toEqual([path.resolve('/w')]);
  });
});

describe('errors', () => {
  const refusal = new AppError('not-reconciled', { zh: '还没有对账', en: 'not reconciled yet' }, { why: 'never' });
  const answers = {
    'findings.list': () => {
      throw refusal;
    },
  };

  it('are one document on stdout with --json, in the language asked for, and exit with 2', async () => {
    const ran = await run(['findings', '2025-09', '--json', '--lang', 'en'], { answers });
    expect(ran).toMatchObject({ code: 2, err: '' });
    expect(JSON.parse(ran.out)).toEqual({ error: { code: 'not-reconciled', message: 'not reconciled yet', details: { why: 'never' } } });
  });

  it('are a sentence on stderr without it', async () => {
    expect(await run(['findings', '2025-09'], { answers })).toMatchObject({ code: 2, out: '', err: '还没有对账\n', closed: 1 });
  });

  it('of usage are a document too', async () => {
    const ran = await run(['nonsense', '--json', '--lang', 'en']);
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code: 'usage', message: expect.stringContaining('nonsense') } });
  });

  it('of ours exit with 1 and name the report', async () => {
    const broken = {
      'month.status': () => {
        throw new TypeError('x is undefined');
      },
    };
    const ran = await run(['status', '2025-09', '--json'], { answers: broken });
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({
      error: { code: 'internal', details: { report: 'report of month.status: x is undefined' } },
    });
    expect((await run(['status', '2025-09'], { answers: broken })).err).toContain('report of month.status');
  });

  it('of the workspace are no defect', async () => {
    const failing = (error: Error) => ({ parts: { createApp: () => Promise.reject(error) } });
    const newer = await run(['status', '2025-09', '--json'], failing(new NewerDatabase('database version 9, this app knows 1')));
    expect(newer.code).toBe(2);
    expect(JSON.parse(newer.out).error.code).toBe('workspace.newer');
    const closed = await run(['status', '2025-09'], failing(Object.assign(new Error('no'), { code: 'EACCES' })));
    expect(closed).toMatchObject({ code: 2, err: expect.stringContaining('EACCES') });
    expect((await run(['status', '2025-09'], failing(new Error('something else')))).code).toBe(1);
    const argv = ['status', '2025-09', '--workspace', os.tmpdir()];
    const full = await run(argv, failing(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })));
    expect(full).toMatchObject({ code: 2, out: '' });
    for (const part of [os.tmpdir(), 'SQLITE_FULL', '磁盘已满', '所在磁盘剩', '请腾出空间', '--workspace'])
      expect(full.err).toContain(part);
    const english = await run([...argv, '--lang', 'en'], failing(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })));
    for (const part of ['cannot be opened', 'The disk is full', 'MB left on the disk of', 'make room']) expect(english.err).toContain(part);
    const damaged = await run(argv, failing(Object.assign(new Error('no database'), { code: 'SQLITE_NOTADB' })));
    expect(damaged.err).toContain('从备份恢复');
  });
});

describe('interruption', () => {
  it('asks the running job to stop, and exits with 130 once it has', async () => {
    const controller = new AbortController();
    let stop: (() => void) | undefined;
    const answers = {
      'month.reconcile': () =>
        new Promise((_, reject) => {
          stop = () => reject(new AppError('cancelled', { zh: '已取消', en: 'cancelled' }));
          controller.abort();
        }),
      'jobs.cancel': () => {
        stop?.();
        return { cancelled: true };
      },
    };
    const ran = await run(['reconcile', '2025-09', '--json'], { answers, signal: controller.signal });
    expect(ran).toMatchObject({ code: 130, closed: 1 });
    expect(JSON.parse(ran.out)).toEqual({ error: { code: 'cancelled', message: '已取消' } });
    expect(ran.calls.map(([method]) => method)).toEqual(['month.reconcile', 'jobs.cancel']);
  });
});
