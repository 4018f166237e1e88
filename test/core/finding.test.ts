import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleFindings, type FindingDraft } from '../../electron/core/finding.ts';
import { feedbackText } from '../../electron/core/feedback.ts';

const draft = (over: Partial<FindingDraft>): FindingDraft => ({
  code: 'bill.amount',
  businessKey: ['c1', 't1'],
  expected: 100n,
  stated: 120n,
  reason: { zh: '多计', en: 'over' },
  candidates: [],
  left: [],
  right: [],
  ...over,
});

describe('findings', () => {
  it('get stable keys, severity and exact difference; repeats are numbered', () => {
    const found = settleFindings(
      [draft({}), draft({ stated: 130n }), draft({ code: 'performance.missing', businessKey: ['c2', 't'] })],
      '2025-09',
    );
    expect(found.map((f) => [f.key, f.severity, f.difference])).toEqual([
      ['bill.amount|2025-09|c1|t1', 'dispute', 20n],
      ['bill.amount|2025-09|c1|t1#2', 'dispute', 30n],
      ['performance.missing|2025-09|c2|t', 'dispute', 20n],
    ]);
  });
  it('do not depend on the order in which checks ran', () => {
    const some = [
      draft({}),
      draft({ stated: 130n }),
      draft({ businessKey: ['c0', 't'] }),
      draft({ code: 'row.list-price' }),
      draft({ severity: 'review' }),
    ];
    const whole = JSON.stringify(settleFindings(some, '2025-09').map((f) => [f.key, String(f.difference)]));
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
        return JSON.stringify(settleFindings(shuffled, '2025-09').map((f) => [f.key, String(f.difference)])) === whole;
      }),
    );
  });
  it('list at most 1,000 rows of a side and count the rest', () => {
    const rows = Array.from({ length: 1200 }, (_, i) => BigInt(i));
    const [found] = settleFindings([draft({ left: rows, right: rows.slice(0, 5) })], '2025-09');
    expect([found!.left.length, found!.right.length, found!.rowsOmitted]).toEqual([1000, 5, 200]);
  });
  it('word a dispute with both amounts', () => {
    const [found] = settleFindings(
      [draft({ customerId: 'abc', tradeId: 'CS1', expected: 10_000_000_000n, stated: 12_000_000_000n })],
      '2025-09',
    );
    expect(feedbackText(found!, '2025-09')).toContain('贵方数据：120.00 元；我方核对应为：100.00 元；差额：20.00 元');
  });
});
