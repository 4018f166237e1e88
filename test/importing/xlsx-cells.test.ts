import { describe, expect, test } from 'vitest';
import { oddCells, oddDates, row } from '../fixtures/odd-cells.ts';
import { workbookBytes, type OddWorkbook } from '../fixtures/odd-workbooks.ts';
import { cellsOf, readBytes } from './reading.ts';

async function firstRow(odd: OddWorkbook): Promise<string[]> {
  const { sheets } = await readBytes(workbookBytes(odd));
  expect(sheets[0]?.faults).toEqual([]);
  return cellsOf(sheets[0]?.rows[0]);
}

describe('odd cells', () => {
  test.each(oddCells)('%s', async (_, odd, expected) => {
    expect(await firstRow(odd)).toEqual(expected);
  });
});

describe('dates', () => {
  test.each(oddDates)('format %s, stored %s', async (format, stored, expected) => {
    expect(await firstRow({ formats: [0, format], rows: row(`<c r="A1" s="1"><v>${stored}</v></c>`) })).toEqual([expected]);
  });

  test('the 1904 date system', async () => {
    const odd = { date1904: true, formats: [14], rows: row('<c r="A1" s="0"><v>44377</v></c><c r="B1" s="0"><v>1</v></c>') };
    expect(await firstRow(odd)).toEqual(['date:2025-07-01', 'date:1904-01-02']);
  });

  test('a custom format may stand in the place of a built-in one', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
    expect(await firstRow({ parts: { 'xl/styles.xml': styles }, rows: row('<c r="A1" s="0"><v>45839</v></c>') })).toEqual(['number:45839']);
  });
});
