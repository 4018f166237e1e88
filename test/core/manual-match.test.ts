import { describe, expect, test } from 'vitest';
import {
  keyFor,
  keyOfFinding,
  keyText,
  matchesText,
  overlaps,
  readKey,
  shortName,
  type MatchKey,
} from '../../electron/core/manual-match.ts';

const key = (text: string): MatchKey => readKey(text)!;

describe('a key', () => {
  test('is read as it is written', () => {
    expect(readKey('c1|T1')).toEqual({ customer: 'c1', tradeId: 'T1' });
    expect(readKey('@甲|云主机||refund')).toEqual({ customer: '@甲', product: '云主机', mode: '', class: 'refund' });
    expect(readKey('P-1')).toEqual({ performanceId: 'P-1' });
    expect(keyText({ performanceId: 'P-1' })).toBe('P-1');
    for (const text of ['c1|', '|T1', 'a|b|c', '']) expect(readKey(text)).toBeUndefined();
    expect(keyText(key('c1|云主机|payPerUse|'))).toBe('c1|云主机|payPerUse|');
  });

  test('is found in the key of a finding, repeats and odd account names too', () => {
    const found = (business: string, tradeId: string | null) =>
      keyOfFinding({ code: 'bill.amount', key: `bill.amount|2025-09|${business}`, tradeId });
    expect(found('c1|T1', 'T1')).toEqual({ customer: 'c1', tradeId: 'T1' });
    expect(found('@a|b|T1#2', 'T1')).toEqual({ customer: '@a|b', tradeId: 'T1' });
    expect(found('@a|b|云主机|payPerUse|', null)).toEqual({
      customer: '@a|b',
      product: '云主机',
      mode: 'payPerUse',
      class: '',
    });
    expect(keyOfFinding({ code: 'bill.total', key: 'bill.total|2025-09', tradeId: null })).toBeUndefined();
  });

  test('of an incentive is its 业绩ID, else its order', () => {
    const found = { code: 'incentive.base', key: 'incentive.base|2025-09|r1', accountName: '甲', tradeId: 'T1' };
    expect(keyOfFinding({ ...found, performanceId: 'P1' })).toEqual({ performanceId: 'P1' });
    expect(keyOfFinding(found)).toEqual({ customer: '@甲', tradeId: 'T1' });
    expect(keyOfFinding({ ...found, tradeId: null })).toBeUndefined();
    expect(keyOfFinding({ ...found, code: 'incentive.tier', performanceId: 'P1' })).toBeUndefined();
  });

  test('of an account is its entry, of what no entry is there for its order', () => {
    const found = (code: string, business: string, tradeId?: string) =>
      keyOfFinding({ code, key: `${code}|2025-09|${business}`, tradeId: tradeId ?? null });
    expect(found('account.deduction-amount', 'F1#2', 'T1')).toEqual({ flowId: 'F1' });
    expect(found('account.adjustment', 'c1 allocation 2025-09-10 08:00:00')).toEqual({ flowId: 'c1 allocation 2025-09-10 08:00:00' });
    expect(found('account.refund-not-returned', 'c1|R1', 'R1')).toEqual({ customer: 'c1', tradeId: 'R1' });
    expect(found('account.bill-without-deduction', 'c1')).toBeUndefined();
    expect(found('account.balance-walk', 'F1')).toBeUndefined();
    expect(shortName({ code: 'account.adjustment', key: 'account.adjustment|2025-09|F1' })).toBe('F1');
    expect(shortName({ code: 'bill.amount', key: 'bill.amount|2025-09|c1|T1', tradeId: 'T1' })).toBe('T1');
    expect(shortName({ code: 'consumption.summary', key: 'consumption.summary|2025-09|c1|云主机||' })).toBeUndefined();
    expect(keyFor('bill-account', key('F1'))).toEqual({ flowId: 'F1' });
    expect(keyFor('performance-incentive', key('P1'))).toEqual({ performanceId: 'P1' });
    expect(overlaps({ flowId: 'F1' }, { flowId: 'F1' })).toBe(true);
    expect(overlaps({ flowId: 'F1' }, { performanceId: 'F1' })).toBe(false);
  });

  test('overlaps another where a row could have both', () => {
    expect(overlaps(key('c1|T1'), key('c1|T1'))).toBe(true);
    expect(overlaps(key('c1|T1'), key('c2|T1'))).toBe(false);
    expect(overlaps(key('c1|T1'), key('c1|云主机||'))).toBe(false);
    expect(overlaps(key('c1|云主机||'), key('c1|云主机|payPerUse|refund'))).toBe(true);
    expect(overlaps(key('c1|云主机|yearly|'), key('c1|云主机|payPerUse|'))).toBe(false);
  });
});

test('matches are one text, whatever order they were made in', () => {
  const one = { pair: 'bill-consumption', action: 'join', keys: [key('c1|A'), key('c1|B')] } as const;
  const two = { pair: 'bill-consumption', action: 'split', keys: [key('c1|C')] } as const;
  expect(matchesText([one, two])).toBe(matchesText([two, one]));
  expect(matchesText([one])).not.toBe(matchesText([{ ...one, action: 'split' }]));
});
