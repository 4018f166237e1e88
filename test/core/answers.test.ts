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
