import { describe, expect, it } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

const importId = 'abcdef0123456789abcdef0123456789';
const mark = {
  id: 2,
  importId,
  path: '消费.csv',
  kind: 'consumption',
  billingCycles: ['2025-09'],
  managers: ['甲', '乙'],
  customers: ['c1'],
  state: 'active',
  by: '王芳',
  at: '2025-10-08 09:00:00',
};
const tried = { months: [{ billingCycle: '2025-09', new: 0, gone: 2, changed: 0, counts: [], findings: [], bridges: [] }], closed: [] };
const answers: Answers = {
  'imports.list': () => ({ imports: [{ importId, path: '消费.csv', at: '', billingCycles: ['2025-09'], rows: 1, undone: false }] }),
  'scopes.mark': () => ({ mark }),
  'scopes.undo': () => ({ mark: { ...mark, state: 'undone' } }),
  'scopes.list': () => ({ marks: [mark] }),
  'scopes.preview': () => tried,
};

describe('imports scope', () => {
  it('marks a file by the short id of the listing, and says that the month is to be run again', async () => {
    const argv = ['imports', 'scope', 'abcdef012345', '--manager', '甲;乙', '--customer', 'c1', '--by', '王芳'];
    const { out, code, calls } = await run(argv, { answers });
    expect(code).toBe(0);
    const said = { importId, managers: ['甲', '乙'], customers: ['c1'] };
    expect(calls.at(-1)).toEqual(['scopes.mark', { ...said, by: '王芳' }]);
    for (const told of ['#2', '消费明细', '2025-09', '生效', '甲、乙', 'c1', '王芳', 'hezhang reconcile 2025-09'])
      expect(out).toContain(told);
    expect(JSON.parse((await run([...argv, '--json'], { answers })).out)).toEqual({ mark });
    const preview = await run([...argv, '--preview'], { answers });
    expect(preview.calls.at(-1)).toEqual(['scopes.preview', said]);
    expect(preview.out).toContain('没有保存');
  });

  it('lists and takes back', async () => {
    expect((await run(['imports', 'scope', '--json'], { answers })).out).toBe(`${JSON.stringify({ marks: [mark] })}\n`);
    expect((await run(['imports', 'scope'], { answers: { ...answers, 'scopes.list': () => ({ marks: [] }) } })).out).toContain('没有标注');
    const undone = await run(['imports', 'scope', 'undo', '2', '--lang', 'en'], { answers });
    expect(undone.calls).toEqual([['scopes.undo', { id: 2 }]]);
    expect(undone.out).toContain('undone');
    expect((await run(['imports', 'scope', 'undo', '2', '--preview'], { answers })).calls).toEqual([['scopes.preview', { undo: 2 }]]);
  });

  it.each([
    [['imports', 'scope', importId]],
    [['imports', 'scope', importId, 'more', '--manager', '甲']],
    [['imports', 'scope', '--manager', '甲', '--preview']],
    [['imports', 'scope', 'undo']],
    [['imports', 'scope', 'undo', 'x']],
    [['imports', 'scope', importId, '--manager', '甲', '--kind', 'incentive']],
  ])('%j is refused before anything is changed', async (argv) => {
    const { code, calls } = await run(argv, { answers });
    expect(code).toBe(2);
    expect(calls.filter(([method]) => method !== 'imports.list')).toEqual([]);
  });
});
