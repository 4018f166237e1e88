import { expect, test } from 'vitest';
import { parseMoney } from '../../../electron/core/money.ts';
import { deductionAmountReason, refundReason } from '../../../electron/core/wording/account.ts';

const yuan = (text: string): bigint => parseMoney(text)!;

test('one ledger entry comes to an amount, two come to it', () => {
  const text = (entries: number) => deductionAmountReason(yuan('120'), yuan('121'), entries).en;
  expect(text(1)).toBe('The order comes to 120.00; 1 ledger entry comes to 121.00: 1.00 more.');
  expect(text(2)).toBe('The order comes to 120.00; 2 ledger entries come to 121.00: 1.00 more.');
});

test('a refund that never came back is told with and without its order', () => {
  expect(refundReason(yuan('150'), 'CS1').zh).toBe('退款 150.00（原订单 CS1 由本账户扣款）没有退回账户的记录。');
  expect(refundReason(yuan('150'), null).zh).toBe('退款 150.00 没有退回账户的记录。');
});
