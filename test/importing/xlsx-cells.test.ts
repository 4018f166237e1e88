import { describe, expect, test } from 'vitest';
import { oddCells, oddDates, row } from '../fixtures/odd-cells.ts';
import { workbookBytes, type OddWorkbook } from '../fixtures/odd-workbooks.ts';
import { openFile } from '../../electron/importing/open.ts';
import { cellsOf, readBytes, withFile } from './reading.ts';
import { read } from './sheet.ts';

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

  test('the 1904 date system holds for day numbers that no format shows as a date', async () => {
    const header = ['账期', '客户ID', '订单号/交易号', '客户交易时间', '消费时间', '应付金额'];
    const cells = (r: number, values: readonly string[]): string => values.map((v, i) => `<c r="${'ABCDEF'[i]}${r}"${v}</c>`).join('');
    const rows =
      row(
        cells(
          1,
          header.map((h) => ` t="inlineStr"><is><t>${h}</t></is>`),
        ),
      ) +
      `<row r="2">${cells(2, ['><v>44377</v>', ' t="inlineStr"><is><t>c1</t></is>', ' t="inlineStr"><is><t>T1</t></is>', '><v>44379.3587615741</v>', ' t="inlineStr"><is><t>44379.5</t></is>', '><v>45000</v>'])}</row>`;
    const taken = (date1904: boolean): Promise<unknown[]> =>
      withFile(workbookBytes({ date1904, formats: [0], rows }), async (path) => {
        const file = await openFile(path);
        const { rows: found, problems } = await read(file.sheets[0]!);
        await file.close();
        expect(problems).toEqual([]);
        return found.map((r) => [r.cycle, r.traded_at, r.consumed_from, r.amount_due]);
      });
    expect(await taken(true)).toEqual([['2025-07', '2025-07-03 08:36:37', '2025-07-03 12:00:00', 4_500_000_000_000n]]);
    expect(await taken(false)).toEqual([['2021-06', '2021-07-02 08:36:37', '2021-07-02 12:00:00', 4_500_000_000_000n]]);
  });

  test('a custom format may stand in the place of a built-in one', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
    expect(await firstRow({ parts: { 'xl/styles.xml': styles }, rows: row('<c r="A1" s="0"><v>45839</v></c>') })).toEqual(['number:45839']);
  });
});
