import { expect, test } from 'vitest';
import { answerQuestions } from '../../electron/core/answers.ts';
import type { Bridge } from '../../electron/core/bridge.ts';

const bridge = (pair: Bridge['pair'], left: bigint, step: bigint, unexplained: bigint): Bridge =>
  ({
    pair,
    left: { name: 'l', total: left },
    right: { name: 'r', total: left + step + unexplained },
    steps: [{ step: 'coupon', amount: step, rows: 1 }],
    unexplained,
  }) as unknown as Bridge;

test('performance should be what it says without the unexplained part; the bill shows its difference in customer amount', () => {
  const answers = answerQuestions(
    [bridge('bill-consumption', 1000n, 500n, -75n), bridge('consumption-performance', 1425n, -25n, -40n)],
    new Map(),
  );
  expect(answers.map(({ question, amount, against }) => [question, amount, against])).toEqual([
    ['bill', 1000n, 75n],
    ['performance', 1360n, 1400n],
    ['incentive', undefined, undefined],
    ['paid', undefined, undefined],
  ]);
});

test('the findings of the bill are counted apart for each comparison; the first comes to the difference from consumption above it', () => {
  const of = (count: number, difference: bigint) => ({ count, difference: difference * 100_000_000n, severity: 'dispute' as const });
  const open = new Map([
    ['account.deducted-twice', of(1, 4000n)],
    ['bill.duplicate', of(2, 70n)],
    ['bill.amount', of(1, 5n)],
    ['performance.missing', of(1, -30n)],
  ] as const);
  const [bill, performance] = answerQuestions([bridge('bill-consumption', 0n, 0n, -7_500_000_000n)], open);
  expect(bill).toMatchObject({ open: 4, openAmount: 407_500_000_000n, against: 7_500_000_000n });
  expect(bill!.text).toEqual({
    zh: '账单有 4 条差异未处理：与消费 3 条 75.00 元，账户扣款 1 条 4,000.00 元。',
    en: 'The bill: 4 findings are open: consumption 3 (75.00), account 1 (4,000.00).',
  });
  expect(performance).toMatchObject({ open: 1 });
});
