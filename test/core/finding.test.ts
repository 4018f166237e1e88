import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCodes } from '../../electron/core/checks.ts';
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
  it('say what may explain them, in both languages: what a check knows of this one, else what is usual for it', () => {
    for (const code of checkCodes) {
      const [found] = settleFindings([draft({ code })], '2025-09');
      const said = found!.candidates;
      expect([code, said.length > 0, new Set(said.map((c) => c.code)).size]).toEqual([code, true, said.length]);
      for (const { zh, en } of said)
        expect([code, /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en), en.length > 10]).toEqual([code, true, false, true]);
    }
    const own = [{ code: 'own', zh: '自己的', en: 'its own' }];
    expect(settleFindings([draft({ candidates: own })], '2025-09')[0]!.candidates).toEqual(own);
  });
  it('are listed by severity, then in the order of the catalogue, then by key', () => {
    const some = [
      draft({ code: 'row.list-price', severity: 'info' }),
      draft({ code: 'performance.summary', businessKey: ['s'] }),
      draft({ code: 'invoice.sum', businessKey: ['q'] }),
      draft({ code: 'row.payment-parts' }),
      draft({ businessKey: ['b'] }),
      draft({ businessKey: ['a'] }),
    ];
    expect(settleFindings(some, '2025-09').map((f) => [f.severity, f.key])).toEqual([
      ['dispute', 'bill.amount|2025-09|a'],
      ['dispute', 'bill.amount|2025-09|b'],
      ['dispute', 'performance.summary|2025-09|s'],
      ['review', 'row.payment-parts|2025-09|c1|t1'],
      ['fix', 'invoice.sum|2025-09|q'],
      ['info', 'row.list-price|2025-09|c1|t1'],
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
