import { describe, expect, it } from 'vitest';
import { assertCloses, BridgeBuilder, BridgeNotClosed, bridgeSteps, pairs } from '../../electron/core/bridge.ts';

describe('bridge', () => {
  it('closes when every amount was placed, with its steps in order', () => {
    const b = new BridgeBuilder('bill-consumption', 'bill', 'consumption');
    b.left(100n);
    b.right(130n);
    b.step('referral', 20n, 2);
    b.step('agreed', 0n, 5);
    b.unexplained(10n);
    const bridge = b.close();
    expect(bridge.steps.map((s) => s.step)).toEqual([...bridgeSteps['bill-consumption']]);
    expect(bridge.unexplained).toBe(10n);
    expect(() => assertCloses(bridge)).not.toThrow();
  });
  it('refuses to close when one unit is lost', () => {
    const b = new BridgeBuilder('performance-summary', 'summary', 'detail');
    b.left(100n);
    b.right(101n);
    expect(() => b.close()).toThrow(BridgeNotClosed);
  });
  it('has the ten pairs of the handbook', () => expect(pairs).toHaveLength(10));
});
