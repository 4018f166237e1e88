import { expect, it } from 'vitest';
import { run } from './cli-terminal.ts';

it('lists the groups behind a step and their rows, beside the documented document', async () => {
  const document = { billingCycle: '2025-09', bridges: [] };
  const group = (id: number) => ({
    id,
    step: 'agreed',
    customerName: '青禾',
    tradeId: `CS${id}`,
    key: [],
    level: 'trade',
    left: '10.00000000',
    right: '10.00000000',
    amount: '0.00000000',
    rows: 2,
    leftRows: 1,
    rightRows: 1,
  });
  const table = {
    kind: 'partner-bill',
    file: '账单.csv',
    sheet: '账单.csv',
    header: [],
    fields: [],
    columns: [],
    rows: [{ row: 17, cells: [] }],
  };
  const sides = [{ side: 'left', tables: [table] }];
  const answers = {
    'month.bridges': () => document,
    'bridge.groups': ({ offset }: { offset: number }) => ({
      total: 501,
      groups: offset === 0 ? Array.from({ length: 500 }, (_, i) => group(i)) : [group(500)],
    }),
    'bridge.rows': () => ({ group: group(1), sides }),
  };
  const step = ['bridge', '2025-09', '--pair', 'bill-consumption', '--step', 'agreed'];
  const json = JSON.parse((await run([...step, '--rows', '--json'], { answers })).out) as { groups: unknown[] };
  expect(json).toMatchObject({ ...document, step: 'agreed' });
  expect(json.groups).toHaveLength(501);
  expect(json.groups[500]).toEqual({ ...group(500), sides });
  const { out } = await run([...step, '--rows'], { answers });
  expect(out).toContain('相符  501 组');
  expect(out).toContain('账单.csv 第 17 行');
  expect(out).toContain('还有 301 组');
  for (const wrong of [['--step', 'agreed'], ['--rows'], ['--pair', 'bill-consumption', '--step', 'debt']]) {
    expect((await run(['bridge', '2025-09', ...wrong], { answers })).code).toBe(2);
  }
});
