import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, M, run } from './account-builder.ts';

const next = '2025-10';
const refund = { bill_class: 'refund', original_trade_id: 't1' };
const beside = (db: WriteDb, month: string): void => {
  bill(db, `z${month}`, '1', { customer_id: 'c0' }, month);
  consume(db, `z${month}`, '1', { customer_id: 'c0' }, month);
  deduct(db, `z${month}`, `z${month}`, '0.75', {}, month);
};
/** Under the refund's own number it stands in a step of its own, under its order's beside the order. */
const both = [
  ['r1', yuan('-225')],
  ['t1', undefined],
] as const;
const skipped = ({ checks }: ReturnType<typeof run>) => checks.find((c) => c.code === 'account.deduction-amount')?.skipped;

test.each(both)(
  'a refund (as %s) of a month whose bill is not imported: which part of what was consumed should come back is not known',
  (number, untold) => {
    const db = openTestDb();
    beside(db, next);
    consume(db, 't1', '1000');
    consume(db, 'r1', '-400', refund);
    deduct(db, 'f1', 't1', '750');
    deduct(db, 'f2', number, '-75');
    deduct(db, 'f3', number, '-225', {}, next);
    const told = run(db, next);
    expect(told.brief).toEqual([]);
    expect(told.step('missing-file')).toBe(untold);
    expect(skipped(told)).toBe('缺 2025-09 伙伴账单明细 / Partner bill lines of 2025-09 not imported');
    // More than was consumed is too much in any case.
    deduct(db, 'f4', number, '-101', {}, next);
    expect(run(db, next).brief.length).toBe(1);
  },
);

test.each(both)('a refund (as %s) of a month whose ledger is not imported: it may have given a part back', (number, untold) => {
  const db = openTestDb();
  beside(db, next);
  bill(db, 't1', '1000');
  consume(db, 't1', '1000');
  bill(db, 'r1', '-400', refund);
  consume(db, 'r1', '-400', refund);
  deduct(db, 'f3', number, '-225', {}, next);
  const told = run(db, next);
  expect(told.brief).toEqual([]);
  expect(told.step('missing-file')).toBe(untold);
  expect(skipped(told)).toBe('缺 2025-09 收支明细 / Account statement of 2025-09 not imported');
  beside(db, M);
  deduct(db, 'f1', 't1', '750');
  expect(run(db, next).brief).toEqual([['account.deduction-amount', 'f3', yuan('-300'), yuan('-225')]]);
});

/** The bills were exported for 甲, who has c0; c1 is 乙's. */
function mark(db: WriteDb, ...months: string[]): void {
  db.exec(
    `UPDATE partner_bill SET account_manager = '甲'; UPDATE consumption SET account_manager = CASE customer_id WHEN 'c0' THEN '甲' ELSE '乙' END`,
  );
  for (const month of months)
    addScopeMark(db, {
      importId: `partner-bill-${month}.csv`,
      kind: 'partner-bill',
      managers: ['甲'],
      customers: [],
      by: '',
      at: '2025-11-08 09:00:00',
    });
}
test('a refund whose line was not exported may be in a sum of refunds that nothing else explains', () => {
  const db = openTestDb();
  for (const month of ['2025-08', M, next]) beside(db, month);
  consume(db, 't1', '1000', {}, '2025-08');
  deduct(db, 'f1', 't1', '750', {}, '2025-08');
  consume(db, 'r1', '-400', { ...refund, traded_at: `${M}-10 08:00:00` });
  deduct(db, 'f2', null, '-300');
  mark(db, '2025-08', M);
  expect(run(db).findings.map((f) => [f.code, f.severity])).toEqual([['account.deduction-without-bill', 'review']]);
  // With a bill that prints the customer's rate it is known to be that refund.
  bill(db, 't2', '10', {}, '2025-08');
  expect(run(db).brief).toEqual([]);
  db.exec('DELETE FROM account_statement WHERE trade_id IS NULL');
  expect(run(db).brief).toEqual([['account.refund-not-returned', 'c1|r1', yuan('-300'), 0n]]);
});

test('an order over two months whose second bill was not exported for its customer: what each month takes, or both at once, is no fault', () => {
  const db = openTestDb();
  beside(db, M);
  beside(db, next);
  bill(db, 't1', '100');
  consume(db, 't1', '100');
  consume(db, 't1', '100', {}, next);
  deduct(db, 'f1', 't1', '75');
  deduct(db, 'f2', 't1', '75', {}, next);
  consume(db, 't2', '100', { customer_id: 'c2' });
  consume(db, 't2', '60', { customer_id: 'c2' }, next);
  deduct(db, 'f3', 't2', '120');
  mark(db, M, next);
  db.exec("UPDATE partner_bill SET account_manager = '乙' WHERE trade_id = 't1'");
  expect([run(db).brief, run(db, next).brief]).toEqual([[], []]);
});
