import { expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

const first = { traded_at: '2025-09-01 00:20:00' };

test('an entry of the first day may be for the month before: to be looked at while that is not imported', () => {
  const db = openTestDb();
  bill(db, 't1', '40');
  consume(db, 't1', '40');
  deduct(db, 'f1', 't1', '30');
  deduct(db, 'f2', 'ghost', '8', first);
  deduct(db, 'f3', null, '9', first);
  deduct(db, 'f4', 'phantom', '7');
  const severities = (): unknown[] => run(db).findings.map((f) => [f.recordId, f.severity, f.stated]);
  const told = (ghost?: string, sum?: string): unknown[] => [['f2', ghost, yuan('8')], ['f4', undefined, yuan('7')], ['f3', sum, yuan('9')]]; // prettier-ignore
  expect(severities()).toEqual(told('review', 'review'));
  consume(db, 'other', '1', {}, '2025-08');
  expect(severities()).toEqual(told(undefined, 'review'));
  bill(db, 'other', '1', {}, '2025-08');
  expect(severities()).toEqual(told());
});
