import { describe, expect, it } from 'vitest';
import { ofPlan, readSettings, settingKeys, settingRules, type SettingKey } from '../../electron/core/settings.ts';

describe('settings', () => {
  it('have the defaults of the rules, copied by hand, and each says where it comes from', () => {
    expect(readSettings(new Map())).toMatchObject({
      regime: 'truncatePerCharge',
      creditCounts: true,
      writeOffCounts: false,
      billTax: 'fromFile',
      performanceTolerance: 0n,
      managerEffective: 'nextDay',
      monthlySettledProducts: [],
      storedValueCardProducts: [],
      tierMethod: 'whole',
      tierBoundary: 'atLeast',
      billDueDate: null,
      paymentDays: 15,
      withdrawalDays: 7,
    });
    for (const key of settingKeys) expect([key, settingRules[key].source.length > 3]).toEqual([key, true]);
  });
  it('every default survives being written and read', () => {
    for (const key of settingKeys) {
      const rule = settingRules[key] as { fallback: unknown; read(t: string): unknown; write(v: unknown): string };
      expect(rule.read(rule.write(rule.fallback)), key).toEqual(rule.fallback);
    }
  });
  it('reads what the user stored and falls back where it does not fit', () => {
    const s = readSettings(
      new Map<SettingKey, string>([
        ['creditCounts', 'false'],
        ['performanceTolerance', '0.01'],
        ['monthlySettledProducts', 'CDN；95 峰值, X'],
        ['regime', 'nonsense'],
      ]),
    );
    expect([s.creditCounts, s.performanceTolerance, s.monthlySettledProducts, s.regime]).toEqual([
      false,
      1_000_000n,
      ['CDN', '95 峰值', 'X'],
      'truncatePerCharge',
    ]);
    expect(settingRules.performanceTolerance.read('-1')).toBeUndefined();
  });
  it('choices for single plans are read by plan, or not at all', () => {
    const rule = settingRules.indicatorPeriodByPlan;
    const value = rule.read('季度达成（示例）= quarter；年度 a=b ＝year;');
    expect(value).toEqual({ '季度达成（示例）': 'quarter', '年度 a=b': 'year' });
    expect(rule.read(rule.write(value!))).toEqual(value);
    expect([rule.read('季度达成'), rule.read('=quarter'), rule.read('季度达成=weekly'), rule.read('')]).toEqual([
      undefined,
      undefined,
      undefined,
      {},
    ]);
    expect([ofPlan(value!, '季度达成（示例）'), ofPlan(value!, 'constructor')]).toEqual(['quarter', undefined]);
  });
});
