import { expect, test } from 'vitest';
import { parseMoney } from '../../../electron/core/money.ts';
import { deductionAmountReason, refundReason, twiceReason } from '../../../electron/core/wording/account.ts';

const yuan = (text: string): bigint => parseMoney(text)!;

test('one ledger entry comes to an amount, two come to it', () => {
  const text = (entries: number) => deductionAmountReason(yuan('120'), yuan('121'), entries).en;
  expect(text(1)).toBe('The order comes to 120.00; 1 ledger entry comes to 121.00: 1.00 more.');
  expect(text(2)).toBe('The order comes to 120.00; 2 ledger entries come to 121.00: 1.00 more.');
});

test('of a refund it is told what came back too little, too much, or twice', () => {
  const text = (stated: string) => deductionAmountReason(yuan('-40'), yuan(stated), 1);
  expect(text('-30')).toEqual({
    zh: '该退款应退 40.00，收支明细 1 笔合计退 30.00，少退 10.00。',
    en: 'The refund should give back 40.00; 1 ledger entry comes to 30.00: 10.00 less.',
  });
  expect([text('-50').zh.slice(-9, -1), text('-50').en.slice(-11)]).toEqual(['多退 10.00', '10.00 more.']);
  expect(twiceReason(yuan('-30'), 2, yuan('-30'))).toEqual({
    zh: '同一退款的同一金额 30.00 退了 2 次，应退 30.00。',
    en: '30.00 was given back 2 times for one refund; the refund comes to 30.00.',
  });
});

test('of what earlier months took the rest of an order is told as such, not as the order', () => {
  expect(deductionAmountReason(yuan('50'), yuan('60'), 1, yuan('100'))).toEqual({
    zh: '该订单此前账期已扣 100.00，还应扣 50.00，收支明细 1 笔合计 60.00，多 10.00。',
    en: 'Earlier months took 100.00 of the order, so 50.00 is left; 1 ledger entry comes to 60.00: 10.00 more.',
  });
  expect(deductionAmountReason(yuan('-30'), yuan('-40'), 1, yuan('-90'))).toEqual({
    zh: '该退款此前账期已退 90.00，还应退 30.00，收支明细 1 笔合计退 40.00，多退 10.00。',
    en: 'Earlier months gave back 90.00 of the refund, so 30.00 is left; 1 ledger entry comes to 40.00: 10.00 more.',
  });
  expect(twiceReason(yuan('25'), 3, yuan('50'), yuan('100'))).toEqual({
    zh: '同一订单的同一金额 25.00 扣了 3 次，此前账期已扣 100.00，还应扣 50.00。',
    en: '25.00 was deducted 3 times for one order; earlier months took 100.00 of it, so 50.00 is left.',
  });
  // What earlier months gave back is no part of what is charged.
  expect(deductionAmountReason(yuan('50'), yuan('60'), 1, yuan('-20')).en).toMatch(/^The order comes to 50\.00;/);
});

test('a refund that never came back is told with and without its order', () => {
  expect(refundReason(yuan('150'), 'CS1').zh).toBe('退款 150.00（原订单 CS1 由本账户扣款）没有退回账户的记录。');
  expect(refundReason(yuan('150'), null).zh).toBe('退款 150.00 没有退回账户的记录。');
});
