import { expect, test } from 'vitest';
import { cellKinds, type CellKind, type SheetRow } from '../../electron/importing/cells.ts';
import { RowPacker, unpackRows } from '../../electron/importing/row-packing.ts';

const row = (number: number, texts: string[], kind: CellKind = cellKinds.text): SheetRow => ({
  row: number,
  texts,
  kinds: texts.map((t) => (t === '' ? cellKinds.empty : kind)),
});
const through = (packer: RowPacker, rows: SheetRow[]): readonly SheetRow[] =>
  unpackRows(structuredClone(packer.pack({ rows, faults: [], bytesRead: 7 }))).rows;

test('rows come out as they went in, whatever their cells hold and however many they are', () => {
  const packer = new RowPacker();
  const rows = [
    row(1, ['账期', 'id', '']),
    row(2, ['', '', '']),
    row(3, []),
    row(4, ['a\u0000b', '\u007f', '\u0080', 'ÿ', '\ud800 alone', '😀', '\ufeffx', 'line\r\nbreak']),
    row(16_777_300, ['12.30', '-1'], cellKinds.number),
    row(16_777_301, ['2025-07-01', 'TRUE'], cellKinds.date),
  ];
  expect(through(packer, rows)).toEqual(rows);
});

test('a column that held ASCII for a batch may hold Chinese in the next, and beyond the hundredth column too', () => {
  const packer = new RowPacker();
  const first = [row(1, ['a', 'b', 'c'])];
  const second = [row(2, ['a', '乙', 'c']), row(3, [...Array.from({ length: 150 }, (_, i) => String(i)), '末'])];
  expect(through(packer, first)).toEqual(first);
  expect(through(packer, second)).toEqual(second);
  expect(through(packer, first)).toEqual(first);
});

test('faults and progress travel along', () => {
  const faults = [{ row: 3, code: 'row.quote', zh: '引号', en: 'quote' }];
  const packed = new RowPacker().pack({ rows: [], faults, bytesRead: 42 });
  expect(unpackRows(structuredClone(packed))).toEqual({ rows: [], faults, bytesRead: 42 });
});
