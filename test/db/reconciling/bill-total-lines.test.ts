import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billTotalLines } from '../../../db/reconciling/bill-total-lines.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const line = (db: WriteDb, settlement: string, more: Values = {}) =>
  insert(db, 'partner-bill', { cycle, customer_id: 'c1', settlement_amount: yuan(settlement), ...more });
const total = (db: WriteDb, due: string, more: Values = {}) => insert(db, 'bill-summary', { cycle, amount_due: yuan(due), ...more });
function run(db: WriteDb) {
  const outcome = runTold(billTotalLines, runContext(db, cycle));
  const bridge = closed(outcome);
  const steps = Object.fromEntries(bridge.steps.filter((s) => s.amount !== 0n).map((s) => [s.step, s.amount]));
  return { ...outcome, steps, brief: outcome.findings.map((f) => [f.code, f.businessKey, f.expected, f.stated, f.severity]) };
}

test('the total is the sum of the lines, rounded once', () => {
  const db = openTestDb();
  line(db, '10.00412345');
  line(db, '5.00012345', { coupon_amount: yuan('1') });
  total(db, '14');
  const { brief, steps, checks } = run(db);
  expect(brief).toEqual([]);
  expect(steps).toEqual({ 'total-rounding': yuan('0.0042469') });
  expect(checks).toEqual([{ code: 'bill.total', compared: 1 }]);
});

test('the total may be rounded once where each line rounds its own due', () => {
  const db = openTestDb();
  for (const settlement of ['0.034', '0.034', '0.134'])
    line(db, settlement, { amount_due: yuan(settlement.slice(0, -1)), coupon_amount: 0n });
  const stated = total(db, '0.2');
  expect(run(db)).toMatchObject({ brief: [], steps: { 'total-rounding': -yuan('0.01') } });
  const update = db.prepare('UPDATE bill_summary SET amount_due = ? WHERE id = ?');
  update.run(yuan('0.19'), stated);
  expect(run(db)).toMatchObject({ brief: [], steps: {} });
  update.run(yuan('0.21'), stated);
  expect(run(db).brief).toEqual([['bill.total', [], yuan('0.19'), yuan('0.21'), undefined]]);
  // What is no rounding is none.
  line(db, '5', { amount_due: yuan('5.5') });
  update.run(yuan('5.2'), stated);
  expect(run(db).brief).toEqual([['bill.total', [], yuan('5.69'), yuan('5.2'), 'review']]);
});

test('a total that is not, in either direction', () => {
  const db = openTestDb();
  const row = line(db, '10.004');
  const stated = total(db, '12.5', { coupon_amount: 0n });
  const { brief, findings } = run(db);
  expect(brief).toEqual([['bill.total', [], yuan('10'), yuan('12.5'), undefined]]);
  expect(findings[0]).toMatchObject({ left: [stated], right: [row], bridge: { pair: 'bill-total-lines', amount: yuan('-2.5') } });
  line(db, '90');
  expect(run(db).brief).toEqual([['bill.total', [], yuan('100'), yuan('12.5'), 'review']]);
});

test('a cent too much or too little is told; half a cent is allowed only for each component that is printed beside the lines', () => {
  for (const [due, more, told] of [
    ['100.01', {}, true],
    ['99.99', {}, true],
    ['90.995', { coupon_amount: yuan('9') }, false],
    ['91.01', { coupon_amount: yuan('9') }, true],
    ['97.02', { coupon_amount: yuan('9'), tax_amount: yuan('6.01') }, false],
    ['97.03', { coupon_amount: yuan('9'), tax_amount: yuan('6.01') }, true],
  ] as const) {
    const db = openTestDb();
    line(db, '100');
    total(db, due, more);
    expect([due, run(db).brief.length === 1]).toEqual([due, told]);
  }
});

test('whether tax is inside the settlement of lines that print no due, the total says', () => {
  for (const [due, steps, brief] of [
    ['237.74', {}, []],
    ['225', { tax: yuan('12.74') }, []],
    ['225.01', {}, [['bill.total', [], yuan('237.74'), yuan('225.01'), 'review']]],
  ] as const) {
    const db = openTestDb();
    line(db, '75', { tax_amount: yuan('4.25') });
    line(db, '150', { tax_amount: yuan('8.49') });
    total(db, due, { tax_amount: yuan('12.74') });
    expect(run(db)).toMatchObject({ steps, brief });
  }
  // A printed due holds what is asked for, and nothing is added to it.
  const db = openTestDb();
  line(db, '75', { tax_amount: yuan('4.25'), amount_due: yuan('79.25') });
  total(db, '75', { tax_amount: yuan('4.25') });
  expect(run(db).brief).toEqual([['bill.total', [], yuan('79.25'), yuan('75'), 'review']]);
});

test('components that the lines lack come from the total, each rounded on its own', () => {
  const db = openTestDb();
  line(db, '100');
  total(db, '97.01', { coupon_amount: yuan('9'), tax_amount: yuan('6.01'), adjustment_amount: yuan('0') });
  expect(run(db)).toMatchObject({ brief: [], steps: { coupon: yuan('9'), tax: yuan('-6.01') } });
  line(db, '0', { coupon_amount: 0n, tax_amount: 0n });
  expect(run(db).brief).toEqual([['bill.total', [], yuan('100'), yuan('97.01'), 'review']]);
});

test('adjustments that the lines of this bill never list come from the total; where a neighbouring bill lists them, one is missing here', () => {
  const db = openTestDb();
  line(db, '100', { bill_class: 'consumption' });
  const stated = total(db, '90', { adjustment_amount: yuan('-10') });
  expect(run(db)).toMatchObject({ brief: [], steps: { adjustment: yuan('10') } });
  line(db, '-3', { cycle: '2025-07', bill_class: 'adjustment' });
  expect(run(db).brief).toEqual([]);
  const before = line(db, '-3', { cycle: '2025-08', bill_class: 'adjustment' });
  expect(run(db)).toMatchObject({ brief: [['bill.total', [], yuan('100'), yuan('90'), 'review']], steps: {} });
  db.prepare("UPDATE partner_bill SET cycle = '2025-10' WHERE id = ?").run(before);
  db.prepare("INSERT INTO sheet_cycle (sheet, cycle, rows) VALUES (?, '2025-10', 1)").run(before / 16_777_216n);
  expect(run(db).brief).toEqual([['bill.total', [], yuan('100'), yuan('90'), 'review']]);
  db.prepare('UPDATE bill_summary SET adjustment_amount = 0, amount_due = ? WHERE id = ?').run(yuan('100'), stated);
  expect(run(db)).toMatchObject({ brief: [], steps: {} });
});

test('the total and what it takes off are each rounded on their own', () => {
  const db = openTestDb();
  line(db, '99.996');
  // The coupon is 30.004: 69.992 is due.
  total(db, '69.99', { coupon_amount: yuan('30') });
  expect(run(db)).toMatchObject({ brief: [], steps: { coupon: yuan('30'), 'total-rounding': yuan('0.006') } });
});

test('the parts of a total make its due, within half a cent for each printed figure', () => {
  const parts = (consumption: string, refund: string, coupon = '0', tax = '0') => ({
    consumption_amount: yuan(consumption),
    refund_amount: yuan(refund),
    adjustment_amount: 0n,
    coupon_amount: yuan(coupon),
    tax_amount: yuan(tax),
  });
  const part = (expected: string, stated: string) => [['row.payment-parts', ['bill-summary'], yuan(expected), yuan(stated), undefined]];
  for (const [settlement, due, more, told] of [
    ['60', '60', parts('75', '-15'), []],
    ['60', '60', parts('76', '-15'), part('61', '60')],
    ['60', '60', parts('75', '-15.015'), []],
    ['60', '60', parts('75', '-15.016'), part('59.984', '60')],
    ['55', '55', parts('70', '-10', '5', '3'), []],
    ['58', '58', parts('70', '-10', '5', '3'), []],
    ['-7.5', '0', parts('7.5', '-15'), []],
    ['60', '60', { consumption_amount: yuan('76'), coupon_amount: 0n }, []],
    ['60', '62', parts('75', '-15'), [['bill.total', [], yuan('60'), yuan('62'), undefined]]],
  ] as const) {
    const db = openTestDb();
    const printed = { amount_due: yuan(settlement), coupon_amount: 0n, tax_amount: 0n };
    line(db, settlement, printed);
    total(db, due, more);
    expect([due, run(db).brief]).toEqual([due, told]);
  }
  const db = openTestDb();
  total(db, '60', parts('76', '-15'));
  expect(runTold(billTotalLines, runContext(db, cycle)).findings.map((f) => f.code)).toEqual(['row.payment-parts']);
});

test('a net-negative month has nothing due', () => {
  const db = openTestDb();
  line(db, '-5.001');
  total(db, '0');
  expect(run(db)).toMatchObject({ brief: [], steps: { 'zero-floor': yuan('-5'), 'total-rounding': yuan('-0.001') } });
});

test('skipped without the total', () => {
  const db = openTestDb();
  line(db, '1');
  const outcome = runTold(billTotalLines, runContext(db, cycle));
  expect(outcome.bridge).toEqual({ pair: 'bill-total-lines', missing: ['bill-summary'] });
  expect(outcome.checks[0]?.skipped).toContain('伙伴账单总额');
});
