import { describe, expect, it } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

const keys = [
  { customer: 'c1', tradeId: 'P' },
  { customer: 'c1', product: '云主机', mode: '', class: '' },
];
const match = {
  id: 3,
  billingCycle: '2025-09',
  pair: 'bill-consumption',
  action: 'join',
  keys,
  missing: [],
  state: 'active',
  reason: '组合订单',
  by: '王芳',
  at: '2025-10-08 09:00:00',
};
const tried = { months: [{ billingCycle: '2025-09', new: 0, gone: 2, changed: 0, counts: [], findings: [], bridges: [] }], closed: [] };
const answers: Answers = {
  'match.join': () => ({ match }),
  'match.undo': () => ({ match: { ...match, state: 'undone' } }),
  'match.list': () => ({ matches: [match] }),
  'match.preview': () => tried,
  'match.suggest': () => ({
    key: 'k',
    state: 'found',
    candidates: 2,
    most: 24,
    findings: [{ key: 'k2', code: 'bill.amount', difference: '-5.00000000' }],
  }),
};

describe('match', () => {
  it('join reads keys and findings, and says that the month is to be run again', async () => {
    const finding = 'bill.line-without-consumption|2025-09|c1|Q';
    const argv = [
      'match',
      'join',
      '2025-09',
      'c1|P',
      'c1|云主机||',
      finding,
      '--reason',
      '组合订单',
      '--pair',
      'bill-consumption',
      '--by',
      '王芳',
    ];
    const { out, code, calls } = await run(argv, { answers });
    expect(code).toBe(0);
    const said = { billingCycle: '2025-09', pair: 'bill-consumption', keys, findings: [finding] };
    expect(calls).toEqual([['match.join', { ...said, reason: '组合订单', by: '王芳' }]]);
    for (const told of ['#3', '合并', '生效', 'c1|P + c1|云主机||', '组合订单', '王芳', 'hezhang reconcile 2025-09'])
      expect(out).toContain(told);
    const json = await run([...argv, '--json'], { answers });
    expect(JSON.parse(json.out)).toEqual({ match });
    const preview = await run([...argv, '--preview'], { answers });
    expect(preview.calls).toEqual([['match.preview', { action: 'join', ...said }]]);
    expect(preview.out).toContain('消失 2 条');
    expect(preview.out).toContain('没有保存');
  });

  it('list, undo and suggest', async () => {
    expect((await run(['match', 'list', '--json'], { answers })).out).toBe(`${JSON.stringify({ matches: [match] })}\n`);
    expect((await run(['match', 'list', '2025-09'], { answers })).calls).toEqual([['match.list', { billingCycle: '2025-09' }]]);
    const undone = await run(['match', 'undo', '3'], { answers });
    expect(undone.calls).toEqual([['match.undo', { id: 3 }]]);
    expect(undone.out).toContain('已撤销');
    expect((await run(['match', 'undo', '3', '--preview'], { answers })).calls).toEqual([['match.preview', { undo: 3 }]]);
    const suggested = await run(['match', 'suggest', 'bill.amount|2025-09|c1|P', '--lang', 'en'], { answers });
    expect(suggested.out).toContain('come to exactly');
    expect(suggested.out).toContain('-5.00');
  });

  it.each([
    [['match']],
    [['match', 'merge']],
    [['match', 'join', '2025-09']],
    [['match', 'join', '2025-9', 'c1|P', 'c1|Q', '--reason', 'x']],
    [['match', 'join', '2025-09', 'c1|P|x', 'c1|Q', '--reason', 'x']],
    [['match', 'join', '2025-09', 'c1|P', 'c1|Q']],
    [['match', 'join', '2025-09', 'c1|P', 'c1|Q', '--reason', 'x', '--pair', 'bill-total-lines']],
    [['match', 'undo', 'x']],
    [['match', 'list', '2025-09', 'more']],
    [['match', 'suggest']],
  ])('%j is refused before anything is asked', async (argv) => {
    expect(await run(argv, { answers })).toMatchObject({ code: 2, calls: [] });
  });
});
