import { expect, test } from 'vitest';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { deduct, run as runAccounts } from './account-builder.ts';
import { openTestDb, yuan } from '../rows.ts';
import { beside, bill, consume, ours, run, state } from './not-associated-builder.ts';

test('bill lines without order numbers meet the orders of a customer without what was traded while it was not ours', () => {
  const db = openTestDb();
  beside(db);
  ours(db, '05', '15');
  consume(db, 'a', ['10', '100'], { product_type: 'OBS' });
  consume(db, 'b', ['12', '30']);
  const gone = [consume(db, 'a', ['20', '50']), consume(db, 'c', ['2025-09-30', '20'])];
  bill(db, null, '130', { product_type: 'cloud' });
  expect(run(db, billConsumption)).toMatchObject({ brief: [], gone });
});

test('what was traded on the last day of a month after the customer left waits for no line of the next', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  const gone = consume(db, 't', ['30', '50']);
  expect(run(db, billConsumption)).toMatchObject({ brief: [], gone: [gone] });
  bill(db, 'other', '2', { cycle: '2025-10', customer_id: 'c9' });
  expect(run(db, billConsumption)).toMatchObject({ brief: [], gone: [gone] });
});

test('monthly-settled consumption earns nothing in the next month, unless it does all the same', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  const cdn = { product_type: 'CDN' };
  consume(db, 'split', ['10', '100'], cdn);
  const gone = [consume(db, 'split', ['20', '50'], cdn), consume(db, 'gone', ['25', '20'], cdn)];
  consume(db, 'paid', ['26', '7'], cdn);
  const next = '2025-10';
  consume(db, 'other', [`${next}-05`, '1'], { customer_id: 'c9' });
  expect(run(db, consumptionPerformance).step('not-associated')).toBe(yuan('-77'));
  state(db, 'other', [`${next}-05`, '1'], { customer_id: 'c9' });
  state(db, 'split', [`${next}-03`, '100'], cdn);
  state(db, 'paid', [`${next}-03`, '7'], cdn);
  const found = run(db, consumptionPerformance);
  expect([found.brief, found.step('not-associated'), found.step('monthly-settled-out')]).toEqual([[], yuan('-70'), yuan('-107')]);
  expect(found.gone).toEqual([gone[1], gone[0]]);
  const later = run(db, consumptionPerformance, next);
  expect([later.brief, later.step('monthly-settled-in')]).toEqual([[], yuan('107')]);
});

test('performance of it in another month is looked at there alone', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  consume(db, 't', ['20', '50']);
  state(db, 't', ['2025-10-02', '50']);
  consume(db, 'x', ['2025-10-02', '1'], { customer_id: 'c9' });
  expect(run(db, consumptionPerformance).brief).toEqual([]);
  expect(run(db, consumptionPerformance, '2025-10').brief.map(([code, level]) => [code, level])).toContainEqual([
    'performance.cycle',
    'review',
  ]);
});

test('the accounts owe nothing for it, nor for what of it is given back', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  deduct(db, 'F1', 'other', '1', { traded_at: '2025-09-05 10:00:00' });
  consume(db, 't', ['20', '50']);
  consume(db, 'back', ['25', '-50'], { bill_class: 'refund', original_trade_id: 't' });
  expect(runAccounts(db).brief).toEqual([]);
});
