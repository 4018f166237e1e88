import { expect, test } from 'vitest';
import { StringTable } from '../../electron/importing/string-table.ts';

test('texts come back as they were added, in any order and more than once', () => {
  const odd = [
    '',
    'a',
    '\u007f',
    '\u0080',
    'ÿ',
    '核账',
    '\ud800',
    'x\udc00y',
    '😀',
    '\u0000',
    '\ufeff',
    'x'.repeat(1_500_000),
    '长'.repeat(700_000),
  ];
  const texts = [...odd, ...Array.from({ length: 60_000 }, (_, i) => (i % 7 === 0 ? `编号 ${i}` : `${i}-0666aa7a0666aa7a`)), ...odd];
  const table = new StringTable();
  for (const text of texts) table.add(text);
  expect(table.size).toBe(texts.length);
  const wrong = (index: number): boolean => table.text(index) !== texts[index];
  expect(texts.map((_, i) => i).filter(wrong)).toEqual([]);
  expect(texts.map((_, i) => (i * 4096 + (i % 3)) % texts.length).filter(wrong)).toEqual([]);
});

test('there is no text beside or between those added', () => {
  const table = new StringTable();
  table.add('one');
  for (const index of [-1, 1, 0.5, Number.NaN, Infinity]) expect(table.text(index)).toBeUndefined();
  expect(table.text(0)).toBe('one');
});
