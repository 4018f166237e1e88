import { describe, expect, test } from 'vitest';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { bill, consume, M, run } from './bill-builder.ts';

describe('what agrees', () => {
  test('every component leaves the bridge by its own step', () => {
    const db = openTestDb();
    bill(db, 't1', '100', { coupon_amount: yuan('5'), tax_amount: yuan('4'), amount_due: yuan('74') });
    consume(db, 't1', '60');
    consume(db, 't1', '40');
    consume(db, 'r1', '33', { customer_id: 'c9', association_type: 'referral' });
    consume(db, 'p1', '0.5', { bill_type: 25n });
    bill(db, 'a1', '-10', { bill_class: 'adjustment', settlement_rate: 100_000_000n, settlement_amount: yuan('-10') });
    const { brief, step, bridge } = run(db);
    expect(brief).toEqual([]);
    expect(bridge.left.total).toBe(yuan('64'));
    expect(bridge.right.total).toBe(yuan('133.5'));
    expect(step('partner-coupon')).toBe(yuan('5'));
    expect(step('tax')).toBe(yuan('-4'));
    expect(step('settlement-discount')).toBe(yuan('25'));
    expect(step('adjustment')).toBe(yuan('10'));
    expect(step('referral')).toBe(yuan('33'));
    expect(step('precision-adjustment')).toBe(yuan('0.5'));
  });

  test('a bill before truncation differs by exactly what was truncated', () => {
    const db = openTestDb();
    bill(db, 't1', '0.04599822');
    consume(db, 't1', '0.04', { truncated_amount: yuan('0.00599822') });
    bill(db, 't2', '0.04599822');
    consume(db, 't2', '0.04', { truncated_amount: yuan('0.005') });
    const { brief, step } = run(db);
    expect(step('truncation')).toBe(yuan('-0.00599822'));
    expect(brief).toEqual([['bill.amount', 'c1|t2', yuan('0.04'), yuan('0.04599822')]]);
  });

  test('adjustments and re-charged fractions stand beside what was truncated, each in its own step', () => {
    const db = openTestDb();
    const whole = { bill_class: 'adjustment', settlement_rate: 100_000_000n };
    const adjust = (trade: string | null, amount: string, more: Values = {}) =>
      bill(db, trade, amount, { ...whole, settlement_amount: yuan(amount), ...more });
    bill(db, 'known', '10.00599822');
    adjust('known', '5');
    consume(db, 'known', '10', { truncated_amount: yuan('0.00599822') });
    bill(db, 'bound', '1.009');
    adjust('bound', '-3');
    consume(db, 'bound', '1', { truncated_amount: null });
    // Without order numbers, with the disk booked to the server's product.
    const other = { customer_id: 'c2' };
    bill(db, null, '100.005', other);
    adjust(null, '7', { ...other, product_type: null });
    consume(db, 'u1', '60', { ...other, truncated_amount: yuan('0.005') });
    consume(db, 'u2', '40', { ...other, product_type: '云硬盘' });
    consume(db, null, '0.01', { ...other, bill_type: 25n });
    const { brief, step } = run(db);
    expect(brief).toEqual([]);
    expect(step('adjustment')).toBe(yuan('-9'));
    expect(step('precision-adjustment')).toBe(yuan('0.01'));
    expect(step('truncation')).toBe(-yuan('0.01999822'));
    expect(run(db, { regime: 'exact' }).brief).toEqual([['bill.amount', 'c1|bound', yuan('1'), yuan('1.009')]]);
  });

  test('where truncated amounts are unknown a charge may differ by less than a cent, and only in the truncating regime', () => {
    const db = openTestDb();
    bill(db, 't1', '1.009');
    consume(db, 't1', '1', { truncated_amount: null });
    expect(run(db).step('truncation')).toBe(yuan('-0.009'));
    expect(run(db, { regime: 'exact' }).brief).toEqual([['bill.amount', 'c1|t1', yuan('1'), yuan('1.009')]]);
  });

  test('the bound of truncation holds both ways, for each charge once, and is said where it is used', () => {
    const db = openTestDb();
    bill(db, 'over', '1.00999999');
    consume(db, 'over', '1', { truncated_amount: null });
    bill(db, 'under', '1');
    consume(db, 'under', '1.00999999', { truncated_amount: null });
    bill(db, 'exact', '0.04599822');
    consume(db, 'exact', '0.04', { truncated_amount: yuan('0.00599822') });
    const parts: BridgePart[] = [];
    const outcome = billConsumption.run({
      ...runContext(db, M),
      sink: { begin: () => parts.splice(0), add: (step, part) => step === 'truncation' && parts.push(part) },
    });
    expect(outcome.findings).toEqual([]);
    expect(parts.map((p) => [p.tradeId, p.level, p.amount])).toEqual([
      ['exact', 'trade', yuan('-0.00599822')],
      ['over', 'bound', yuan('-0.00999999')],
      ['under', 'bound', yuan('0.00999999')],
    ]);
    bill(db, 'far', '90');
    consume(db, 'far', '100', { truncated_amount: null });
    bill(db, 'cent', '1');
    consume(db, 'cent', '0.6', { truncated_amount: null });
    consume(db, 'cent', '0.41', { truncated_amount: null });
    expect(run(db).brief).toEqual([
      ['bill.amount', 'c1|cent', yuan('1.01'), yuan('1')],
      ['bill.amount', 'c1|far', yuan('100'), yuan('90')],
    ]);
  });

  test('rows without trade id meet only orders that the other side does not have, and never one that both have', () => {
    const db = openTestDb();
    // What the order is short of stands beside it, without a trade id: it is not lent to it.
    bill(db, 'k1', '110');
    consume(db, 'k1', '100');
    consume(db, null, '10');
    // Nor do lines without a trade id make up for an order that only the bill has.
    bill(db, 'k2', '30', { customer_id: 'c2' });
    bill(db, null, '-30', { customer_id: 'c2' });
    consume(db, 'k3', '5', { customer_id: 'c3' });
    consume(db, null, '-5', { customer_id: 'c3' });
    const told = run(db).findings.map((f) => [`${f.code} ${f.businessKey.join('|')}`, f.stated - f.expected] as const);
    expect(Object.fromEntries(told)).toEqual({
      'bill.amount c1|k1': yuan('10'),
      'bill.consumption-without-line c1|云主机|payPerUse|consumption': yuan('-10'),
      'bill.line-without-consumption c2|k2': yuan('30'),
      'bill.line-without-consumption c2|云主机|payPerUse|consumption': yuan('-30'),
      'bill.consumption-without-line c3|k3': yuan('-5'),
      'bill.consumption-without-line c3|云主机|payPerUse|consumption': yuan('5'),
    });
  });

  test('rows without trade id that agree by themselves hide no order that only one side has', () => {
    const db = openTestDb();
    bill(db, null, '5');
    consume(db, null, '5');
    consume(db, 'x1', '3');
    // Here the products have to tell: the disk needs its order, the server does not.
    const other = { customer_id: 'c2' };
    bill(db, null, '5', other);
    consume(db, null, '5', other);
    bill(db, null, '7', { ...other, product_type: '云硬盘' });
    consume(db, 'x2', '7', { ...other, product_type: '云硬盘' });
    consume(db, 'x3', '2', other);
    consume(db, 'x3', '1', other);
    const { brief, bridge } = run(db);
    expect(brief).toEqual([
      ['bill.consumption-without-line', 'c2|x3', yuan('3'), 0n],
      ['bill.consumption-without-line', 'c1|x1', yuan('3'), 0n],
    ]);
    expect(bridge.steps.find((s) => s.step === 'agreed')?.rows).toBe(6);
  });

  test('adjustments, re-charged fractions and rows of nothing without trade id stand for no order that their side lacks', () => {
    const db = openTestDb();
    const whole = { bill_class: 'adjustment', settlement_rate: 100_000_000n };
    const used = (day: string) => ({ traded_at: `${day} 20:00:00` });
    // Used at the end of the month before, whose consumption is not imported.
    bill(db, 'e1', '100', used('2025-08-31'));
    bill(db, 'x1', '40');
    consume(db, null, '0.5', { bill_type: 25n });
    consume(db, null, '0');
    // Used at the end of this month, the next bill is not imported; two others come to nothing together.
    const other = { customer_id: 'c2' };
    bill(db, null, '-5', { ...other, ...whole, settlement_amount: yuan('-5') });
    consume(db, 'e2', '100', { ...other, ...used('2025-09-30') });
    consume(db, 'x2', '30', other);
    consume(db, 'x3', '-30', other);
    // An adjustment stands for one, whatever its number.
    bill(db, null, '-8', { ...whole, settlement_amount: yuan('-8'), customer_id: 'c3' });
    consume(db, 'a3', '-8', { bill_class: 'adjustment', customer_id: 'c3' });
    const { brief, step } = run(db);
    expect(brief).toEqual([
      ['bill.line-without-consumption', 'c1|x1', 0n, yuan('40')],
      ['bill.consumption-without-line', 'c2|x2', yuan('30'), 0n],
      ['bill.consumption-without-line', 'c2|x3', yuan('-30'), 0n],
    ]);
    expect([step('precision-adjustment'), step('adjustment'), step('month-edge')]).toEqual([yuan('0.5'), yuan('5'), 0n]);
  });

  test('rows without trade id that are explained by themselves make no other amount of an order', () => {
    const db = openTestDb();
    bill(db, null, '100');
    consume(db, null, '100');
    consume(db, null, '0.5', { bill_type: 25n });
    bill(db, 'x1', '50');
    const other = { customer_id: 'c2' };
    bill(db, null, '100.005', other);
    consume(db, null, '100', { ...other, truncated_amount: null });
    bill(db, 'x2', '50', other);
    expect(run(db).brief).toEqual([
      ['bill.line-without-consumption', 'c1|x1', 0n, yuan('50')],
      ['bill.line-without-consumption', 'c2|x2', 0n, yuan('50')],
    ]);
  });

  test('truncation drops decimals of what was used: it never charges more, and never drops any of yearly and monthly orders', () => {
    const db = openTestDb();
    bill(db, 'more', '100.01');
    consume(db, 'more', '100.00346751', { truncated_amount: null });
    bill(db, 'less', '100');
    consume(db, 'less', '100.00346751', { truncated_amount: null });
    bill(db, 'fine', '100.002');
    consume(db, 'fine', '100.00346751', { truncated_amount: null });
    bill(db, 'back', '-0.04');
    consume(db, 'back', '-0.045', { truncated_amount: null });
    bill(db, 'year', '100', { billing_mode: 'yearlyMonthly' });
    consume(db, 'year', '100.00346751', { truncated_amount: null, billing_mode: 'yearlyMonthly' });
    const { brief, step } = run(db);
    expect(brief).toEqual([
      ['bill.amount', 'c1|fine', yuan('100.00346751'), yuan('100.002')],
      ['bill.amount', 'c1|more', yuan('100.00346751'), yuan('100.01')],
      ['bill.amount', 'c1|year', yuan('100.00346751'), yuan('100')],
    ]);
    expect(step('truncation')).toBe(yuan('0.00346751') - yuan('0.005'));
  });

  test('truncation is derived from the list price where there is no column for it', () => {
    const db = openTestDb();
    bill(db, 't1', '1.009');
    consume(db, 't1', '1', { truncated_amount: null, list_price: yuan('1.109'), discount_amount: yuan('0.1') });
    const { brief, step } = run(db, { regime: 'exact' });
    expect(brief).toEqual([]);
    expect(step('truncation')).toBe(yuan('-0.009'));
  });

  test('rows without trade id agree at customer level, but ids known on both sides never do', () => {
    const db = openTestDb();
    bill(db, null, '30', { product_type: '云硬盘' });
    consume(db, 'x1', '10');
    consume(db, 'x2', '20', { product_type: '公网IP' });
    bill(db, 'k1', '7');
    consume(db, 'k1', '8');
    bill(db, 'k2', '8');
    consume(db, 'k2', '7');
    const { brief, step } = run(db);
    expect(step('agreed')).toBe(0n);
    expect(brief).toEqual([
      ['bill.amount', 'c1|k1', yuan('8'), yuan('7')],
      ['bill.amount', 'c1|k2', yuan('7'), yuan('8')],
    ]);
  });

  test('rows without trade id that differ are compared by product, mode and class', () => {
    const db = openTestDb();
    bill(db, null, '30');
    bill(db, null, '9', { product_type: '云硬盘' });
    consume(db, null, '30');
    consume(db, null, '5', { product_type: '云硬盘' });
    consume(db, null, '2', { product_type: '公网IP' });
    const { brief, findings } = run(db);
    expect(brief).toEqual([
      ['bill.amount', 'c1|云硬盘|payPerUse|consumption', yuan('5'), yuan('9')],
      ['bill.consumption-without-line', 'c1|公网IP|payPerUse|consumption', yuan('2'), 0n],
    ]);
    expect(findings[0]?.reason.zh).toContain('无订单号');
  });

  test('a row without association type is resale where the history or the bill says so', () => {
    const db = openTestDb();
    bill(db, 't1', '10');
    consume(db, 't1', '10', { association_type: null });
    consume(db, 'n1', '5', { association_type: null, customer_id: 'c7' });
    insert(db, 'association-history', { customer_id: 'c8', association_type: 'resale', valid_from: '2025-09-05', valid_to: null });
    consume(db, 'h1', '6', { association_type: null, customer_id: 'c8' });
    consume(db, 'h0', '4', { association_type: null, customer_id: 'c8', traded_at: '2025-09-04 10:00:00' });
    const { brief, step } = run(db);
    expect(step('referral')).toBe(yuan('9'));
    expect(brief).toEqual([['bill.consumption-without-line', 'c8|h1', yuan('6'), 0n]]);
  });
});
