import { describe, expect, it } from 'vitest';
import { amountFormat, exactNumber, writeWorkbook, type Row } from '../../electron/exporting/workbook.ts';
import { readMoney } from '../../electron/importing/values/money.ts';
import { openFile } from '../../electron/importing/open.ts';
import { parseMoney } from '../../electron/core/money.ts';
import { readWorkbook, temporaryFile, valuesOf } from './reading.ts';

const money = (text: string): bigint => parseMoney(text)!;
const at = '2025-10-05 12:00:00';

describe('an amount', () => {
  it.each(['0', '0.00000001', '-1200', '0.04599822', '1234567.89012345', '9999999.99999999', '123456789012345'])(
    '%s is a number with all its digits',
    (text) => {
      const value = exactNumber(money(text));
      expect(typeof value).toBe('number');
      // A number that Excel shows in 15 digits says the same.
      expect(
        money(
          Number(value).toLocaleString('en', {
            useGrouping: false,
            maximumSignificantDigits: 15,
            maximumFractionDigits: 8,
            roundingPriority: 'morePrecision',
          }),
        ),
      ).toBe(money(text));
    },
  );

  it.each(['12345678.12345678', '-90000000000.00000001', '1234567890123456'])('%s is text, for a number would lose digits', (text) => {
    expect(exactNumber(money(text))).toBe(text);
  });
});

describe('a workbook', () => {
  it('keeps ids as text, amounts as formatted numbers, and has its date from the run', async () => {
    const file = temporaryFile('book.xlsx');
    const rows: Row[] = [
      { cells: ['订单', '金额', '条数'], style: 'head' },
      { cells: ['12345678901234567890', money('-0.04599822'), 3] },
      { cells: ['=1+1', money('12345678.12345678'), undefined] },
    ];
    await writeWorkbook(file, at, [{ name: '差异', columns: [{ width: 20 }, { width: 20 }, { width: 8, wrap: true }], rows, frozen: 1 }]);
    const book = await readWorkbook(file);
    const sheet = book.getWorksheet('差异')!;
    expect(valuesOf(sheet)).toEqual([
      ['订单', '金额', '条数'],
      ['12345678901234567890', -0.04599822, 3],
      ['=1+1', '12345678.12345678'],
    ]);
    expect(sheet.getCell('B2').numFmt).toBe(amountFormat);
    expect(sheet.getCell('A1').font.bold).toBe(true);
    expect(sheet.getCell('A2').font).toMatchObject({ name: '微软雅黑', size: 10 });
    expect(sheet.getCell('C2').alignment.wrapText).toBe(true);
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(sheet.autoFilter).toBe('A1:C1');
    expect(book.created.toISOString()).toBe('2025-10-05T04:00:00.000Z');
  });

  it('makes a row as high as its wrapped texts or its title, and puts the head of amounts above them', async () => {
    const file = temporaryFile('book.xlsx');
    const rows: Row[] = [
      { cells: ['原因', { value: '差额', style: 'headRight' }], style: 'head' },
      { cells: ['一句很长的话，'.repeat(10), money('1')] },
      { cells: ['短', money('2')] },
      { cells: ['题目'], style: 'title' },
    ];
    await writeWorkbook(file, at, [{ name: 'S', columns: [{ width: 29, wrap: true }, { width: 9 }], rows }]);
    const sheet = (await readWorkbook(file)).getWorksheet('S')!;
    expect(sheet.getRow(2).height).toBe(5 * 15);
    expect(sheet.getRow(3).height).not.toBe(5 * 15);
    expect(sheet.getRow(4).height).toBe(21);
    expect(sheet.getCell('B1').alignment.horizontal).toBe('right');
  });

  it('is read by our own importer, digit by digit', async () => {
    const file = temporaryFile('book.xlsx');
    const amounts = ['-1200', '0.00000001', '0.04599822', '9999999.99999999', '12345678.12345678'].map(money);
    await writeWorkbook(file, at, [{ name: 'S', columns: [{ width: 9 }], rows: amounts.map((amount) => ({ cells: [amount] })) }]);
    const opened = await openFile(file);
    const read: unknown[] = [];
    for await (const { rows } of opened.sheets[0]!.batches()) read.push(...rows.map(({ texts, kinds }) => readMoney(texts[0]!, kinds[0]!)));
    await opened.close();
    expect(read).toEqual(amounts);
  });

  it('gives sheets names that Excel takes, each once', async () => {
    const file = temporaryFile('book.xlsx');
    const names = ['a/b:[c]', 'A/B:[C]', '很长的名字'.repeat(8), `${'很长的名字'.repeat(8)}另一个`];
    await writeWorkbook(
      file,
      at,
      names.map((name) => ({ name, columns: [], rows: [{ cells: ['x'] }] })),
    );
    const { worksheets } = await readWorkbook(file);
    expect(worksheets.map(({ name }) => name)).toEqual([
      'a b  c ',
      'A B  C  2',
      '很长的名字'.repeat(8).slice(0, 31),
      `${'很长的名字'.repeat(8).slice(0, 27)} 2`,
    ]);
  });

  it('cuts a text at what a cell holds, visibly', async () => {
    const file = temporaryFile('book.xlsx');
    await writeWorkbook(file, at, [{ name: 'S', columns: [{ width: 9 }], rows: [{ cells: ['长'.repeat(40_000)] }] }]);
    const text = (await readWorkbook(file)).worksheets[0]!.getCell('A1').value as string;
    expect([text.length, text.at(-1)]).toEqual([32_767, '…']);
  });
});
