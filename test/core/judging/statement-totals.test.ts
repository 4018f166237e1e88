import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeStatementTotals, type StatementSide } from '../../../electron/core/judging/statement-totals.ts';

const amounts = fc.dictionary(fc.constantFrom('s1', 's2', 's3', 's4', 's5'), fc.bigInt(-3n, 3n));
const sides = (of: Record<string, bigint>): StatementSide[] => Object.entries(of).map(([id, amount]) => ({ id, amount, rows: 1 }));
const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);

test('swapping statements and details mirrors: the same statements differ, what stands alone changes its step and sign', () => {
  fc.assert(
    fc.property(amounts, amounts, (a, b) => {
      const look = (left: typeof a, right: typeof a, swap: boolean) => {
        const { steps, faults } = judgeStatementTotals(sides(left), sides(right));
        const name = { 'statement-without-detail': 'detail-without-statement', 'detail-without-statement': 'statement-without-detail', agreed: 'agreed' } as const; // prettier-ignore
        return {
          steps: steps.map((s) => [s.of.id, swap ? name[s.step] : s.step, swap ? -s.amount : s.amount, s.rows]).sort(byText),
          faults: faults.map((f) => (swap ? [f.id, f.stated, f.expected] : [f.id, f.expected, f.stated])).sort(byText),
        };
      };
      expect(look(b, a, true)).toEqual(look(a, b, false));
    }),
  );
});

test('every row is in one place, and what goes in is what comes out', () => {
  fc.assert(
    fc.property(amounts, amounts, (a, b) => {
      const { steps, faults } = judgeStatementTotals(sides(a), sides(b));
      const sum = (list: readonly bigint[]): bigint => list.reduce((n, x) => n + x, 0n);
      const moved = sum(steps.map((s) => s.amount)) + sum(faults.map((f) => f.expected - f.stated));
      expect(moved).toBe(sum(Object.values(b)) - sum(Object.values(a)));
      const ids = [...steps.map((s) => s.of.id), ...faults.map((f) => f.id)];
      expect(ids.sort(byText)).toEqual([...new Set([...Object.keys(a), ...Object.keys(b)])].sort(byText));
    }),
  );
});
