import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePayment, type PaidRequest } from '../../../electron/core/judging/payments.ts';
import { addDays } from '../../../electron/core/month.ts';
import { followEntries } from '../../../electron/core/progress.ts';
import { overlay } from '../../../electron/core/request.ts';
import { amountReason, lateReason } from '../../../electron/core/wording/payments.ts';
import { yuan } from '../../db/rows.ts';

const promise = '2025-10-25';
type Payment = readonly [on: string, amount: string, complete?: boolean];

function paid(
  payments: readonly Payment[],
  change: { promise?: string; past?: boolean; status?: string; amount?: string } = {},
): PaidRequest {
  const { status = '', amount = '1000', past = false } = change;
  const entries = payments.map(([on, sum, complete], index) => ({
    id: index + 1,
    place: index + 1,
    requestId: 'SF1',
    kind: 'payment' as const,
    on,
    amount: yuan(sum),
    ...(complete && { complete }),
    typedAt: on,
  }));
  const receipt = { id: 99, place: 99, requestId: 'SF1', kind: 'received' as const, on: '2025-10-10', typedAt: '2025-10-10' };
  return {
    request: overlay('SF1', { billingCycle: '2025-09', amount: yuan(amount), status }, {}),
    progress: followEntries([...entries, receipt]),
    ...(change.promise !== undefined && { promise: change.promise }),
    past,
  };
}
const amounts = (given: PaidRequest): string[] => {
  const { amount, late } = judgePayment(given);
  const shown = (sum: bigint): string => String(sum / 1_000_000n);
  return [
    ...(amount ? [`amount ${shown(amount.expected)} ${shown(amount.stated)}`] : []),
    ...(late ? [`late ${shown(late.expected)} ${shown(late.stated)}`] : []),
  ];
};

describe('money received', () => {
  it.each<[string, PaidRequest, string[]]>([
    ['nothing yet, before the promise', paid([], { promise }), []],
    ['nothing yet, after it', paid([], { promise, past: true }), ['late 100000 0']],
    ['all in time', paid([['2025-10-25', '1000']], { promise, past: true }), []],
    ['all, in two parts', paid([['2025-10-20', '999.99'], ['2025-10-24', '0.01']], { promise }), []],
    ['a part, before the promise', paid([['2025-10-20', '600']], { promise }), []],
    ['a part, without a receipt', paid([['2025-10-20', '600']]), []],
    ['a part, after the promise: short, not late as well', paid([['2025-10-20', '600']], { promise, past: true }), ['amount 100000 60000']],
    ['a part, told to be the last', paid([['2025-10-20', '999.99', true]], { promise }), ['amount 100000 99999']],
    ['a part, completed by the vendor', paid([['2025-10-20', '600']], { status: '已完成' }), ['amount 100000 60000']],
    ['completed by the vendor, nothing entered', paid([], { status: '已完成' }), []],
    ['too much', paid([['2025-10-20', '1000.01']]), ['amount 100000 100001']],
    ['all, a day late', paid([['2025-10-26', '1000']], { promise, past: true }), ['late 100000 0']],
    ['the rest late', paid([['2025-10-20', '400'], ['2025-10-30', '600']], { promise, past: true }), ['late 100000 40000']],
    ['late and short: each yuan once', paid([['2025-10-30', '600']], { promise, past: true }), ['amount 100000 60000', 'late 60000 0']],
    ['late and too much', paid([['2025-10-30', '1001']], { promise, past: true }), ['amount 100000 100100', 'late 100000 0']],
    ['a part went back and came again', paid([['2025-10-20', '1000'], ['2025-10-21', '-1000'], ['2025-10-28', '1000']], { promise, past: true }), ['late 100000 0']],
    ['money back for a negative request', paid([['2025-10-20', '-50', true]], { amount: '-50' }), []],
  ])('%s', (_, given, expected) => expect(amounts(given)).toEqual(expected)); // prettier-ignore

  it('is worded with both amounts and dates, in both languages', () => {
    const late = paid([['2025-10-20', '400'], ['2025-10-30', '600']], { promise, past: true }); // prettier-ignore
    expect(lateReason(late, judgePayment(late).late!)).toEqual({
      zh: '申付单 SF1 的合格发票 2025-10-10 签收，应在 2025-10-25 前（含当日）付款，到期时到账 400.00，其余于 2025-10-30 前到账，共 1,000.00。',
      en: 'The invoices of request SF1 were received on 2025-10-10, payment was promised by 2025-10-25; 400.00 had come by then, 1,000.00 in all by 2025-10-30.',
    });
    const short = paid([['2025-10-20', '999.99', true]]);
    expect(amountReason(short, judgePayment(short).amount!).zh).toBe('申付单 SF1 申付 1,000.00，1 笔到账合计 999.99，少到 0.01。');
    expect(amountReason(short, judgePayment(short).amount!).en).toContain('1 payment adds up to 999.99');
  });

  it('never counts a yuan as short and as late, whatever came when', () => {
    const payment = fc.tuple(
      fc.integer({ min: 0, max: 40 }).map((days) => addDays('2025-10-05', days)),
      fc.integer({ min: 1, max: 90_000 }).map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`),
    );
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 5 }), fc.boolean(), (payments, past) => {
        const { amount, late } = judgePayment(paid(payments, { promise, past }));
        const short = amount ? amount.expected - amount.stated : 0n;
        const delayed = late ? late.expected - late.stated : 0n;
        expect(delayed).toBeGreaterThanOrEqual(0n);
        expect((short > 0n ? short : 0n) + delayed).toBeLessThanOrEqual(yuan('1000'));
      }),
    );
  });
});
