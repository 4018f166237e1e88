import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buffersOf, RowPacker, RowUnpacker } from '../../electron/importing/row-packing.ts';
import type { Bound } from '../../electron/importing/values/fault.ts';

interface Row {
  readonly row: number;
  readonly values: readonly Bound[];
}

/** The rows after a journey in batches of so many; the buffers are given away as between threads. */
function through(rows: readonly Row[], width: number, batch = rows.length): Row[] {
  const packer = new RowPacker(width);
  const unpacker = new RowUnpacker(width);
  const arrived: Row[] = [];
  for (let at = 0; at < rows.length; at += batch) {
    for (const { row, values } of rows.slice(at, at + batch)) packer.add(row, values);
    const packed = packer.take();
    unpacker.give(structuredClone(packed, { transfer: buffersOf(packed) }), (row, values) => {
      arrived.push({ row, values: values.slice(1, width) });
    });
  }
  return arrived;
}
const sent = (rows: readonly Row[], width: number): Row[] => rows.map(({ row, values }) => ({ row, values: values.slice(1, width) }));

test('rows come out as they went in, whatever their values are and wherever a batch ends', () => {
  const value = fc.oneof(
    fc.constantFrom<Bound>(null, 0n, '', 'a', '按需', 1n),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  );
  const table = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 7 })).chain(([width, batch]) =>
    fc.record({
      width: fc.constant(width),
      batch: fc.constant(batch),
      rows: fc.array(
        fc.record({ row: fc.integer({ min: 1, max: 16_777_215 }), values: fc.array(value, { minLength: width, maxLength: width + 2 }) }),
      ),
    }),
  );
  fc.assert(
    fc.property(table, ({ width, batch, rows }) => {
      expect(through(rows, width, batch)).toEqual(sent(rows, width));
    }),
    { numRuns: 300 },
  );
});

test('a column of few values, of many, and one that turns from ASCII to Chinese and back', () => {
  const rows = Array.from({ length: 4000 }, (_, i): Row => {
    const varied = i % 1500 < 1200 ? `id-${i}` : `编号 ${i}`;
    return {
      row: i + 2,
      values: [null, ['按需', '包年/包月', null][i % 3]!, varied, BigInt(i - 2000) * 10n ** 15n, i % 7 === 0 ? varied : ''],
    };
  });
  expect(through(rows, 5, 1000)).toEqual(sent(rows, 5));
});

test('a lone half of a character and a text of a megabyte', () => {
  const rows: Row[] = [
    { row: 1, values: [null, '\ud800 alone', 'x'.repeat(1_000_000)] },
    { row: 2, values: [null, '\ufeffx\u0000', '额'.repeat(1_000_000)] },
  ];
  expect(through(rows, 3)).toEqual(sent(rows, 3));
});

test('an integer beyond 64 bits is an error, not another integer', () => {
  expect(() =>
    through(
      [...Array(600).keys()].map((i) => ({ row: i + 1, values: [null, 2n ** 63n + BigInt(i)] })),
      2,
    ),
  ).toThrow(RangeError);
});
