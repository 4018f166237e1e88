import { expect, it } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

const reason = { zh: '业绩 1 行合计 100.00，应为 60.00', en: 'performance 100.00, expected 60.00' };
const tried = {
  changes: [{ key: 'creditCounts', before: 'true', value: 'false' }],
  months: [
    {
      billingCycle: '2025-09',
      new: 1,
      gone: 0,
      changed: 1,
      counts: [{ code: 'performance.too-high', new: 1, gone: 0, changed: 1 }],
      findings: [
        { change: 'new', key: 'k1', code: 'performance.too-high', severity: 'review', difference: '40.00000000', reason },
        {
          change: 'changed',
          key: 'k2',
          code: 'performance.too-high',
          severity: 'review',
          difference: '2.00000000',
          reason,
          before: { severity: 'review', difference: '1.00000000' },
        },
      ],
      bridges: [{ pair: 'consumption-performance', step: 'credit', before: '0.00000000', after: '-40.00000000' }],
    },
  ],
  closed: ['2025-08'],
  note: { zh: '已结账的不变', en: 'closed ones stay' },
};
const answers: Answers = { 'settings.preview': () => tried };
const argv = ['settings', 'set', 'creditCounts', 'false', '--preview', '2025-09'];

it('settings set --preview tells what would change and saves nothing', async () => {
  const { out, code, calls } = await run(argv, { answers });
  expect(code).toBe(0);
  expect(calls).toEqual([['settings.preview', { changes: [{ key: 'creditCounts', value: 'false' }], billingCycles: ['2025-09'] }]]);
  for (const told of ['creditCounts: true → false', '新增 1 条', '40.00', '1.00 → 2.00', '信用额度', '-40.00', '已结账的不变', '没有保存'])
    expect(out).toContain(told);
  const english = await run([...argv, '--lang', 'en'], { answers });
  for (const told of ['1 new, 0 gone, 1 changed', 'Credit', 'closed ones stay', 'nothing was saved']) expect(english.out).toContain(told);
});

it('settings set --preview --json is one document', async () => {
  const { out } = await run([...argv, '--json'], { answers });
  expect(JSON.parse(out)).toEqual({ ...tried, note: '已结账的不变' });
});

it('--preview wants a month and goes with set', async () => {
  expect(await run([...argv.slice(0, 5), '2025-9'], { answers })).toMatchObject({ code: 2, calls: [] });
  expect(await run(['settings', 'get', '--preview', '2025-09'], { answers })).toMatchObject({ code: 2, calls: [] });
});
