import { describe, expect, it } from 'vitest';
import { answerQuestions } from '../../electron/core/answers.ts';
import { BridgeBuilder } from '../../electron/core/bridge.ts';
import { readiness } from '../../electron/core/readiness.ts';

describe('what the month has', () => {
  const have = (over: object) => ({ rows: 5, exportedAt: undefined, status: undefined, ...over });
  it.each([
    ['missing', 'partner-bill', have({ rows: 0 })],
    ['partial', 'consumption', have({ exportedAt: '2025-09-30 08:00:00' })],
    ['stale', 'partner-bill', have({ exportedAt: '2025-10-04 08:00:00' })],
    ['present', 'partner-bill', have({ exportedAt: '2025-10-05 12:00:00' })],
    ['stale', 'performance-summary', have({ status: 'draft' })],
    ['present', 'performance-summary', have({ status: 'final' })],
    ['present', 'policy', have({ exportedAt: '2020-01-01 00:00:00' })],
  ] as const)('%s: %s %o', (state, kind, what) => expect(readiness(kind, what, '2025-09').state).toBe(state));
});

describe('the four answers', () => {
  const bill = () => {
    const b = new BridgeBuilder('bill-consumption', 'bill', 'consumption');
    b.left(500n);
    b.right(500n);
    return b.close();
  };
  const others = [
    { pair: 'bill-total-lines' as const, missing: ['bill-summary'] },
    { pair: 'bill-account' as const, missing: [] },
  ];
  it('are unknown before a run', () => {
    expect(answerQuestions([], new Map()).map((a) => a.state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });
  it('say incomplete while a file is missing, and open while findings are', () => {
    expect(answerQuestions([bill(), ...others], new Map())[0]).toMatchObject({ state: 'incomplete', amount: 500n, against: 0n });
    const open = new Map([['account.balance-walk' as const, { count: 2, difference: 7n, severity: 'dispute' as const }]]);
    expect(answerQuestions([bill(), ...others], open)[0]).toMatchObject({ state: 'open', open: 2, openAmount: 7n });
  });
  it('add up findings of one comparison only', () => {
    const open = new Map([
      ['performance.too-low' as const, { count: 3, difference: -700_000_000n, severity: 'dispute' as const }],
      ['performance.summary' as const, { count: 1, difference: 500_000_000n, severity: 'dispute' as const }],
      ['performance.manager' as const, { count: 2, difference: 0n, severity: 'dispute' as const }],
      ['performance.reseller' as const, { count: 1, difference: 0n, severity: 'dispute' as const }],
    ]);
    expect(answerQuestions([], open)[1]?.text.zh).toBe('业绩还没有核对。');
    const performance = new BridgeBuilder('consumption-performance', 'consumption', 'performance');
    expect(answerQuestions([performance.close()], open)[1]?.text.zh).toBe(
      '业绩有 7 条差异未处理：汇总 1 条 5.00 元，归属 3 条 0.00 元，与消费 3 条 -7.00 元。',
    );
  });
  it('hold performance against what it should be, and say that requests wait for invoices', () => {
    const performance = new BridgeBuilder('consumption-performance', 'consumption', 'performance');
    performance.left(100n);
    performance.right(90n);
    performance.unexplained(-10n);
    const requests = new BridgeBuilder('request-invoices', 'requests', 'invoices');
    requests.left(2_268_559_000_000n);
    requests.step('not-invoiced-yet', -2_268_559_000_000n, 2);
    const answers = answerQuestions([performance.close(), requests.close()], new Map());
    expect(answers[1]).toMatchObject({ amount: 90n, against: 100n });
    expect(answers[3]).toMatchObject({ state: 'incomplete', text: { zh: '还有 22,685.59 元的申付单没有登记发票。' } });
  });
});
