import { describe, expect, test } from 'vitest';
import { waterfallAxis, waterfallBars } from '../../renderer/components/waterfall-bars.ts';
import { golden } from './golden-dispatch.ts';

const built = golden('month.bridges').bridges.filter((b) => 'left' in b);

describe('waterfall', () => {
  test.each(built.map((b) => [b.pair, b] as const))('%s: bars follow each other and end at the right total', (_, bridge) => {
    const bars = waterfallBars(bridge, (s) => s, 'unexplained', { left: 'left', right: 'right' });
    for (let i = 2; i < bars.length - 1; i++) expect(bars[i]!.from).toBe(bars[i - 1]!.to);
    expect(bars.at(-2)!.to).toBeCloseTo(bars.at(-1)!.to, 6);
    expect(bars.at(-1)!.amount).toBe(bridge.right.total);
  });

  test('shows the steps that are not zero, never agreed, always unexplained', () => {
    const bridge = built.find((b) => b.pair === 'consumption-performance')!;
    const names = waterfallBars(bridge, (s) => s, 'unexplained', { left: 'left', right: 'right' }).map((b) => b.name);
    expect(names).not.toContain('agreed');
    expect(names).not.toContain('bonus');
    expect(names).toContain('monthly-settled-in');
    expect(names.at(-2)).toBe('unexplained');
  });

  const bar = (from: number, to: number) => ({ role: 'step' as const, name: '', amount: '0.00000000', from, to });
  test.each([
    ['from zero where the levels lie apart', [bar(0, 100), bar(100, 30)], { min: 0, max: 100, cut: false }],
    ['below zero too', [bar(0, 100), bar(100, -30)], { min: -30, max: 100, cut: false }],
    ['cut near the levels where they lie close', [bar(0, 1000), bar(1000, 900)], { min: 800, max: 1010, cut: true }],
    ['a difference of nothing is not blown up', [bar(0, 1000), bar(1000, 999.9999)], { min: 998.9999, max: 1000.1, cut: true }],
    ['nothing at all', [bar(0, 0)], { min: 0, max: 1, cut: false }],
  ])('axis: %s', (_, bars, expected) => {
    expect(waterfallAxis(bars)).toEqual(expected);
  });
});
