import type { BuiltBridge } from '../stores/month.ts';
import { isZero, money } from './amounts.ts';

/** One bar of a waterfall, from → to in yuan. The chart's numbers are only drawn, never added up: the words beside it carry the exact amounts. */
export interface Bar {
  readonly role: 'total' | 'step' | 'unexplained';
  readonly name: string;
  readonly amount: string;
  readonly from: number;
  readonly to: number;
}

const yuan = (units: bigint): number => Number(units) / 1e8;

/** Left total, the steps that are not zero (agreed adds nothing and is left out), unexplained, right total. */
export function waterfallBars(
  bridge: BuiltBridge,
  nameOf: (step: string) => string,
  unexplained: string,
  ends: { left: string; right: string },
): Bar[] {
  let level = money(bridge.left.total);
  const bars: Bar[] = [{ role: 'total', name: ends.left, amount: bridge.left.total, from: 0, to: yuan(level) }];
  const add = (role: Bar['role'], name: string, amount: string) => {
    const from = level;
    level += money(amount);
    bars.push({ role, name, amount, from: yuan(from), to: yuan(level) });
  };
  for (const s of bridge.steps) if (s.step !== 'agreed' && !isZero(s.amount)) add('step', nameOf(s.step), s.amount);
  add('unexplained', unexplained, bridge.unexplained);
  bars.push({ role: 'total', name: ends.right, amount: bridge.right.total, from: 0, to: yuan(money(bridge.right.total)) });
  return bars;
}

/**
 * The axis of the bars. Where the levels lie close together and far from zero, it begins near the smallest one (`cut`, drawn as a break of the
 * totals), else the steps would be too thin to see.
 */
export function waterfallAxis(bars: readonly Bar[]): { readonly min: number; readonly max: number; readonly cut: boolean } {
  const levels = bars.map((b) => b.to);
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  // A window of at least a thousandth: a step of a hundred-millionth is not drawn as if it were half the bill.
  const spread = high === low ? 0 : Math.max(high - low, Math.max(Math.abs(low), Math.abs(high)) / 1000);
  if (spread > 0 && low > 0 && spread < low / 2) return { min: low - spread, max: high + spread * 0.1, cut: true };
  if (spread > 0 && high < 0 && spread < -high / 2) return { min: low - spread * 0.1, max: high + spread, cut: true };
  const min = Math.min(0, low);
  const max = Math.max(0, high);
  return min === max ? { min: 0, max: 1, cut: false } : { min, max, cut: false };
}
