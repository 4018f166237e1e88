import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  judgePerformance,
  type Aside,
  type PerformanceFacts,
  type PerformanceGroup,
} from '../../../electron/core/judging/consumption-performance.ts';

const group: PerformanceGroup = {
  expected: 0n,
  refused: 0n,
  cardPurchase: 0n,
  monthlyOut: 0n,
  card: 0n,
  coupon: 0n,
  flexi: 0n,
  consumptionRows: 1,
  stated: 0n,
  statedRefused: 0n,
  statedCard: 0n,
  statedMonthly: 0n,
  performanceRows: 1,
  monthlyRows: 0,
  monthlyIn: 0n,
  previousRows: 0,
  listed: false,
};
const none = { amount: 0n, rows: 0, card: 0n, coupon: 0n, flexi: 0n };
const aside: Aside = {
  unassociated: none,
  unassociatedNext: none,
  beyond: none,
  fresh: none,
  statedBeyond: { amount: 0n, rows: 0, statedRefused: 0n, statedCard: 0n },
  beyondNext: none,
  beyondArrived: none,
};
const facts: PerformanceFacts = {
  previousImported: true,
  nextImported: true,
  inNext: false,
  transferred: false,
  aside,
  onlyRefunds: false,
  unreversed: 0n,
  arrived: { card: 0n, coupon: 0n, flexi: 0n },
  dueHere: false,
  repeated: [],
  tolerance: 0n,
};
const judge = (g: Partial<PerformanceGroup>, f: Partial<PerformanceFacts> = {}) => judgePerformance({ ...group, ...g }, { ...facts, ...f });
const code = (g: Partial<PerformanceGroup>, f: Partial<PerformanceFacts> = {}) =>
  judge(g, f)
    .faults.map((x) => x.code)
    .join();

test('precedence: cycle > duplicate > policy > stored-value-card > refund > missing > too-low / too-high', () => {
  const lacking = { expected: 100n, performanceRows: 0 };
  expect(code(lacking)).toBe('performance.missing');
  expect(code({ ...lacking, card: 100n })).toBe('performance.stored-value-card');
  expect(code({ ...lacking, card: 100n }, { performanceElsewhere: '2025-10' })).toBe('performance.cycle');
  const repeated = [{ amount: 100n, extra: 1 }];
  expect(code({ expected: 100n, stated: 200n, refused: 100n }, { repeated })).toBe('performance.duplicate');
  expect(code({ expected: 100n, stated: 200n, refused: 100n })).toBe('performance.policy');
  expect(code({ expected: 100n, stated: 150n, coupon: 50n })).toBe('performance.too-high');
  expect(code({ expected: -100n, stated: -200n, performanceRows: 2 }, { repeated: [{ amount: -100n, extra: 1 }] })).toBe(
    'performance.refund-over-reversed',
  );
});

test('a difference within the tolerance per row of consumption agrees and still closes the bridge', () => {
  expect(judge({ expected: 100n, stated: 98n, consumptionRows: 2 }, { tolerance: 1n })).toEqual({
    steps: [{ step: 'agreed', amount: -2n, rows: 3 }],
    faults: [],
  });
  expect(code({ expected: 100n, stated: 97n, consumptionRows: 2 }, { tolerance: 1n })).toBe('performance.too-low');
  // As many rows state it as you like.
  expect(code({ expected: 100n, stated: 98n, performanceRows: 2 }, { tolerance: 1n })).toBe('performance.too-low');
  const arrived = { monthlyIn: 100n, previousRows: 2, statedMonthly: 98n, performanceRows: 1, monthlyRows: 1, consumptionRows: 0 };
  expect([code(arrived, { tolerance: 1n }), code({ ...arrived, previousRows: 1 }, { tolerance: 1n })]).toEqual(['', 'performance.too-low']);
});

test('performance already stated in the month it belongs to was counted twice; otherwise it stands in the wrong month', () => {
  const alone = { stated: 5n, consumptionRows: 0 };
  expect(code(alone, { consumptionElsewhere: { cycle: '2025-08', stated: 5n } })).toBe('performance.duplicate');
  expect(code(alone, { consumptionElsewhere: { cycle: '2025-08', stated: 0n } })).toBe('performance.cycle');
  expect(code(alone)).toBe('performance.without-consumption');
});

const amount = fc.bigInt(-500n, 500n);
const rows = fc.integer({ min: 0, max: 3 });
const anyGroup = fc
  .record({
    expected: amount,
    refused: amount,
    cardPurchase: amount,
    monthlyOut: amount,
    card: amount,
    coupon: amount,
    flexi: amount,
    consumptionRows: rows,
    plain: amount,
    monthly: amount,
    plainRows: rows,
    monthlyRows: rows,
    monthlyIn: amount,
    previousRows: rows,
    listed: fc.boolean(),
  })
  .map(({ plain, monthly, plainRows, ...g }): PerformanceGroup => {
    const consumed = g.consumptionRows > 0 ? g : { ...g, expected: 0n, refused: 0n, cardPurchase: 0n, monthlyOut: 0n };
    return {
      ...consumed,
      stated: plainRows > 0 ? plain : 0n,
      statedRefused: 0n,
      statedCard: 0n,
      statedMonthly: g.monthlyRows > 0 ? monthly : 0n,
      performanceRows: plainRows + g.monthlyRows,
      monthlyIn: g.previousRows > 0 ? g.monthlyIn : 0n,
    };
  });
const part = fc.oneof(
  fc.constant({ ...none, statedRefused: 0n, statedCard: 0n }),
  fc.record({ amount, rows: fc.constant(2), card: amount, coupon: amount, flexi: amount, statedRefused: amount, statedCard: amount }),
);
const anyFacts = fc.record({
  previousImported: fc.boolean(),
  nextImported: fc.boolean(),
  inNext: fc.boolean(),
  performanceElsewhere: fc.option(fc.constant('2025-10'), { nil: undefined }),
  consumptionElsewhere: fc.option(fc.record({ cycle: fc.constant('2025-08'), stated: amount }), { nil: undefined }),
  transferred: fc.boolean(),
  restElsewhere: fc.option(fc.constant('2025-10'), { nil: undefined }),
  arrivedElsewhere: fc.option(fc.constant('2025-11'), { nil: undefined }),
  aside: fc.record({
    unassociated: part,
    unassociatedNext: part,
    beyond: part,
    fresh: part,
    statedBeyond: part,
    beyondNext: part,
    beyondArrived: part,
  }),
  onlyRefunds: fc.boolean(),
  unreversed: fc.option(amount, { nil: 0n }),
  arrived: fc.record({ card: amount, coupon: amount, flexi: amount }),
  dueHere: fc.boolean(),
  repeated: fc.array(fc.record({ amount, extra: fc.integer({ min: 0, max: 2 }) }), { maxLength: 2 }),
  tolerance: fc.bigInt(0n, 3n),
});

test('every group closes: −expected − monthlyOut + stated = Σ steps + Σ unexplained', () => {
  fc.assert(
    fc.property(anyGroup, anyFacts, (some, f) => {
      const { unassociated, beyond, fresh, statedBeyond } = f.aside;
      const g = {
        ...some,
        expected: some.expected + unassociated.amount + beyond.amount + fresh.amount,
        consumptionRows: some.consumptionRows + unassociated.rows + beyond.rows + fresh.rows,
        stated: some.stated + statedBeyond.amount,
        performanceRows: some.performanceRows + statedBeyond.rows,
      };
      const verdict = judgePerformance(g, f);
      const sum = [...verdict.steps.map((s) => s.amount), ...verdict.faults.map((x) => x.unexplained)].reduce((a, b) => a + b, 0n);
      expect(sum).toBe(g.stated + g.statedMonthly - g.expected - g.monthlyOut);
      for (const x of verdict.faults) expect(x.unexplained).toBe(x.stated - x.expected);
    }),
    { seed: 1, numRuns: 3000 },
  );
});
