import { expect, test } from 'vitest';
import { createPaged } from '../../renderer/stores/paged.ts';

/** 600 rows, of which the one that was asked for is told with every chunk. */
const list = () =>
  createPaged<{ readonly find?: string }, { readonly total: number }, number>(async ({ find }, offset, limit) => ({
    answer: { total: 600 },
    rows: Array.from({ length: limit }, (_, i) => offset + i),
    at: find === undefined ? undefined : 431,
  }));
const cursor = ({ store }: ReturnType<typeof list>): number => store.getState().range.cursor;

test('the row that was asked for is shown once: whoever goes on from it is not led back by chunks that come later', async () => {
  const rows = list();
  rows.ask({ find: 'k431' });
  await rows.readRange(0, 0);
  expect(cursor(rows)).toBe(431);
  rows.move(5, false);
  await rows.readRange(200, 299);
  expect(cursor(rows)).toBe(5);
  rows.again();
  await rows.readRange(0, 0);
  expect(cursor(rows)).toBe(5);
});

test('nor is who has moved before the first chunk came; another question shows its own row', async () => {
  const rows = list();
  rows.ask({ find: 'k431' });
  rows.move(7, false);
  await rows.readRange(0, 0);
  expect(cursor(rows)).toBe(7);
  rows.ask({ find: 'k431' });
  await rows.readRange(0, 0);
  expect(cursor(rows)).toBe(431);
});
