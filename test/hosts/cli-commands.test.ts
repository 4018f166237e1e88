import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../electron/hosts/cli/table.ts';
import { run, type Answers } from './cli-terminal.ts';

const problem = {
  row: 17,
  column: '应付金额',
  value: '12,3x',
  code: 'amount.unreadable',
  message: '不是金额',
  text: { zh: '不是金额', en: 'no amount' },
};
const file = (status: string, change: object = {}) => ({
  path: 'a.csv',
  sha256: 'f00',
  status,
  importId: 'i1',
  sheets: [
    {
      name: 'S',
      kind: 'consumption',
      billingCycles: ['2025-09'],
      rows: 1200,
      accepted: 1199,
      problems: [problem],
      controlTotals: [{ row: 1203, column: '应付金额', stated: '1.00000000', computed: '2.00000000' }],
      recognition: { zh: '由表头', en: 'by headers' },
      columns: [],
      preview: [['x']],
    },
  ],
  notes: [],
  ...change,
});

describe('import', () => {
  const commit = (...files: object[]): Answers => ({ 'imports.commit': () => ({ files }), 'imports.preview': () => ({ files }) });

  it('prints the documented keys, messages in the language asked for', async () => {
    const { out, code } = await run(['import', 'a.csv', '--json', '--lang', 'en'], { answers: commit(file('imported')) });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          path: 'a.csv',
          sha256: 'f00',
          status: 'imported',
          importId: 'i1',
          sheets: [
            {
              name: 'S',
              kind: 'consumption',
              billingCycles: ['2025-09'],
              rows: 1200,
              accepted: 1199,
              problems: [{ row: 17, column: '应付金额', value: '12,3x', code: 'amount.unreadable', message: 'no amount' }],
              controlTotals: [{ row: 1203, column: '应付金额', stated: '1.00000000', computed: '2.00000000' }],
            },
          ],
        },
      ],
    });
  });

  it('gives paths as tokens, and every answer', async () => {
    const argv = [
      'import',
      'a.csv',
      '/abs/b',
      '--dry-run',
      '--strict',
      '--kind',
      'consumption',
      '--cycle',
      '2025-09',
      '--account',
      'credit',
    ];
    const { calls, files } = await run(argv, { answers: commit(file('previewed')) });
    const [[method, input]] = calls as unknown as [[string, { tokens: string[] }]];
    expect(method).toBe('imports.preview');
    expect(input).toMatchObject({ answers: { kind: 'consumption', cycle: '2025-09', account: 'credit' }, strict: true, language: 'zh' });
    expect(input.tokens.map((token) => files.resolve(token))).toEqual([path.resolve('/somewhere/a.csv'), path.resolve('/abs/b')]);
  });

  it.each([
    ['imported', 0],
    ['duplicate', 0],
    ['refused', 2],
    ['needs-mapping', 2],
  ])('of a file that is %s exits with %d, after all else was done', async (status, expected) => {
    const refused = file(status, { reasonText: { zh: '因为', en: 'because' } });
    const { code, out } = await run(['import', 'a', '--json'], { answers: commit(file('imported'), refused) });
    expect(code).toBe(expected);
    expect(JSON.parse(out).files).toHaveLength(2);
    expect(JSON.parse(out).files[1].reason).toBe('因为');
  });

  it('tells people which row and why, and counts what it does not show', async () => {
    const many = file('imported', { sheets: [{ ...file('imported').sheets[0], problems: Array.from({ length: 25 }, () => problem) }] });
    const { out } = await run(['import', 'a.csv'], { answers: commit(many) });
    expect(out).toContain('第 17 行 应付金额“12,3x”  不是金额');
    expect(out).toContain('还有 5 个问题');
  });

  it('draws progress on a terminal only, and on stderr', async () => {
    const answers: Answers = {
      'imports.commit': (_, start) => {
        start.onEvent('progress', { job: 'import', stage: 'read', file: '消费明细.csv', done: 1, total: 2, rows: 1000 });
        return { files: [file('imported')] };
      },
    };
    const quiet = await run(['import', 'a.csv'], { answers });
    expect(quiet.err).toBe('');
    const drawn = await run(['import', 'a.csv'], { answers, isTTY: true });
    expect(drawn.err).toMatch(/\[#{12}-{12}\] +50% 消费明细\.csv 1000/);
    expect(drawn.out).toBe(quiet.out);
  });
});

describe('imports', () => {
  const one = {
    importId: 'abcdef0123456789',
    path: 'a.csv',
    at: '2025-10-01 10:00:00',
    kind: 'consumption',
    billingCycles: ['2025-09'],
    rows: 3,
    undone: false,
  };
  const answers: Answers = { 'imports.list': () => ({ imports: [one] }), 'imports.undo': () => ({ importId: one.importId, rows: 3 }) };

  it('lists the history as documented', async () => {
    expect(JSON.parse((await run(['imports', '--json'], { answers })).out)).toEqual({ imports: [one] });
  });
  it('undoes by id, or by the 12 characters that the listing shows', async () => {
    for (const id of [one.importId, one.importId.slice(0, 12)]) {
      const { calls, code } = await run(['imports', 'undo', id], { answers });
      expect(code).toBe(0);
      expect(calls.at(-1)).toEqual(['imports.undo', { importId: one.importId }]);
    }
    const short = await run(['imports', 'undo', 'abc'], { answers });
    expect(short.calls.at(-1)).toEqual(['imports.undo', { importId: 'abc' }]);
  });
});

describe('reconcile', () => {
  const finding = (severity: string, status = 'open') => ({
    key: severity,
    code: 'performance.missing',
    severity,
    status,
    difference: '-1200.00000000',
    reason: { zh: '有消费而无业绩', en: 'consumption without performance' },
  });
  const result = (...findings: object[]) => ({
    billingCycle: '2025-09',
    runId: 'r',
    inputs: [],
    checks: [
      { code: 'performance.missing', compared: 812, findings: 1 },
      { code: 'bill.total', compared: 0, findings: 0, skipped: { zh: '没有账单', en: 'no bill' } },
    ],
    findings,
  });
  const answers = (...findings: object[]): Answers => ({
    'month.reconcile': () => result(...findings),
    'findings.list': () => result(...findings),
    'month.changes': () => ({
      billingCycle: '2025-09',
      since: '2025-10-08 09:00:00',
      changes: { new: 1, gone: 2, changed: 0, counts: [], findings: [{ change: 'new', ...finding('dispute') }] },
    }),
    'findings.page': (input) => {
      const { status } = input as { status?: string };
      const counts = status === undefined ? [] : findings.filter((f) => (f as { status: string }).status === status);
      return { carried: 4, total: 1, totalDifference: '0.00000000', counts, findings: [finding('review')] };
    },
  });

  it('prints the whole document, why a check did not run in the language of the command', async () => {
    for (const [lang, skipped] of [
      ['zh', '没有账单'],
      ['en', 'no bill'],
    ]) {
      const { out, code } = await run(['reconcile', '2025-09', '--json', '--lang', lang!], { answers: answers(finding('dispute')) });
      expect(code).toBe(0);
      const { checks, ...rest } = result(finding('dispute'));
      expect(JSON.parse(out)).toEqual({ ...rest, checks: [checks[0], { ...checks[1], skipped }] });
    }
  });

  it.each([
    ['dispute', finding('dispute'), 3],
    ['dispute', finding('review'), 0],
    ['review', finding('dispute'), 3],
    ['review', finding('review'), 3],
    ['info', finding('fix'), 3],
    ['dispute', finding('dispute', 'accepted'), 0],
  ])('with --fail-on %s and %o exits with %d', async (limit, found, expected) => {
    const ran = await run(['reconcile', '2025-09', '--fail-on', limit, '--json'], { answers: answers(found) });
    expect(ran.code).toBe(expected);
    expect(JSON.parse(ran.out).findings).toHaveLength(1);
  });

  it('tells people what was not checked and why, and each finding', async () => {
    const { out } = await run(['reconcile', '2025-09'], { answers: answers(finding('dispute')) });
    for (const part of [
      '与上次对账（2025-10-08 09:00:00）相比',
      '新增 1 条、消失 2 条',
      '以前月份另有 4 条',
      '账单总额与明细之和不符',
      '没有账单',
      '-1,200.00',
      '有消费而无业绩',
      '可反馈',
    ])
      expect(out).toContain(part);
  });

  it('findings --carried lists those of earlier months', async () => {
    const { out, calls } = await run(['findings', '2025-09', '--carried', '--severity', 'review', '--json'], { answers: answers() });
    expect(calls).toEqual([['findings.page', { billingCycle: '2025-09', severity: 'review', carried: true, offset: 0, limit: 500 }]]);
    expect(JSON.parse(out)).toEqual({ billingCycle: '2025-09', findings: [finding('review')] });
  });

  it('findings passes its filters on', async () => {
    const argv = ['findings', '2025-09', '--code', 'performance.missing', '--severity', 'dispute', '--status', 'open'];
    const { calls } = await run(argv, { answers: answers() });
    expect(calls).toEqual([
      ['findings.list', { billingCycle: '2025-09', code: 'performance.missing', severity: 'dispute', status: 'open', most: 250 }],
    ]);
  });

  it('asks for many findings part by part, and prints them as one document', async () => {
    const all = Array.from({ length: 1203 }, (_, i) => ({ ...finding('review'), key: `k${i}` }));
    const part = (input: unknown) => {
      const { from = 0, most } = input as { from?: number; most: number };
      return { ...result(...all.slice(from, from + most)), total: all.length };
    };
    const parts = { ...answers(), 'month.reconcile': part, 'findings.list': part };
    for (const command of ['reconcile', 'findings']) {
      const { out, code } = await run([command, '2025-09', '--json', '--lang', 'en'], { answers: parts });
      expect(code).toBe(0);
      const [ran, skipped] = result().checks;
      const whole = { ...result(), checks: [ran, { ...skipped, skipped: 'no bill' }], findings: all };
      expect(out === `${JSON.stringify(whole)}\n`).toBe(true);
      const told = await run([command, '2025-09', '--lang', 'en'], { answers: parts });
      expect(told.out).toContain('1153 more: see them with --json or --code');
      expect(told.calls.filter(([method]) => method === 'findings.list')).toHaveLength(command === 'findings' ? 1 : 0);
    }
  });

  it('prints nothing of a run that is replaced while its findings are listed', async () => {
    const first = () => ({ ...result(finding('review')), total: 2 });
    const second = () => ({ ...result(finding('review')), runId: 'another', total: 2 });
    const { out, code } = await run(['reconcile', '2025-09', '--json'], {
      answers: { ...answers(), 'month.reconcile': first, 'findings.list': second },
    });
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'not-reconciled' } });
  });
});

describe('bridge', () => {
  it('prints the document, and for people the steps that were met', async () => {
    const built = {
      pair: 'bill-consumption',
      left: { name: '账单', total: '100.00000000' },
      right: { name: '消费', total: '120.00000000' },
      steps: [
        { step: 'truncation', amount: '0.00000001', rows: 3 },
        { step: 'scope', amount: '0.00000000', rows: 0 },
      ],
      unexplained: '19.99999999',
      unexplainedFindings: [{ key: 'k', amount: '19.99999999' }],
    };
    const document = { billingCycle: '2025-09', bridges: [built, { pair: 'request-invoices', skipped: { missing: ['payment-request'] } }] };
    const because = { zh: '只覆盖一部分', en: 'covers only a part' };
    const bridges = [...document.bridges, { pair: 'performance-summary', skipped: { missing: ['performance'] } }];
    const answered = {
      ...document,
      bridges: [...document.bridges, { pair: 'performance-summary', skipped: { missing: ['performance'], because } }],
    };
    const answers = { 'month.bridges': () => answered };
    expect(JSON.parse((await run(['bridge', '2025-09', '--json'], { answers })).out)).toEqual({ ...document, bridges });
    const { out, calls } = await run(['bridge', '2025-09', '--pair', 'bill-consumption'], { answers });
    expect(calls).toEqual([['month.bridges', { billingCycle: '2025-09', pair: 'bill-consumption' }]]);
    expect(out).toContain('账单明细 → 客户消费 (bill-consumption)');
    expect(out).toContain('抹零');
    expect(out).not.toContain('truncation');
    expect(out).not.toContain('导出范围之外');
    expect(out).toContain('申付单');
    expect(out).toMatch(/\(performance-summary\) {2}只覆盖一部分$/m);
    const amounts = out.split('\n').filter((line) => /\d\.\d/.test(line));
    expect(new Set(amounts.map((line) => displayWidth(/^.*\d\.\d+/.exec(line)![0]))).size).toBe(1);
  });
});
