import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseEncoding } from '../../electron/importing/encoding.ts';
import { sniffDelimiter } from '../../electron/importing/delimiter.ts';
import { readBytes, type ReadSheet } from './reading.ts';

async function readCsv(content: string | Buffer): Promise<ReadSheet> {
  const { format, sheets } = await readBytes(content, {}, '消费明细.csv');
  expect(format).toBe('csv');
  expect(sheets.length).toBe(1);
  return sheets[0] as ReadSheet;
}

async function textsOf(content: string | Buffer): Promise<(readonly string[])[]> {
  const { rows, faults } = await readCsv(content);
  expect(faults).toEqual([]);
  return rows.map(({ texts }) => texts);
}

async function faultsOf(content: string | Buffer): Promise<[number, string][]> {
  return (await readCsv(content)).faults.map(({ row, code }) => [row, code]);
}

/** 客户,金额 in GB18030. */
const gbHeader = Buffer.from('bfcdbba72cbdf0b6ee', 'hex');

describe('encodings', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('客户,金额\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF客户,金额\n')],
    ['GB18030', gbHeader],
    ['UTF-16LE, as Excel "Unicode text" with tabs', Buffer.from('\uFEFF客户\t金额\r\n', 'utf16le')],
    ['UTF-16BE', Buffer.from('\uFEFF客户\t金额\r\n', 'utf16le').swap16()],
    ['UTF-16LE without a mark', Buffer.from('客户,金额\r\nabcdefgh,1\r\n', 'utf16le')],
  ])('%s', async (_, bytes) => {
    expect((await textsOf(bytes))[0]).toEqual(['客户', '金额']);
  });

  test('Chinese far behind an ASCII beginning', async () => {
    const ascii = 'abc,def\n'.repeat(200_000);
    const rows = await textsOf(Buffer.concat([Buffer.from(ascii), gbHeader, Buffer.from('\n')]));
    expect([rows.length, rows.at(-1)]).toEqual([200_001, ['客户', '金额']]);
    expect((await textsOf(`${ascii}客户,金额\n`)).at(-1)).toEqual(['客户', '金额']);
  });

  test('four-byte GB18030', async () => {
    expect(await textsOf(Buffer.concat([gbHeader, Buffer.from('0a95328236', 'hex'), Buffer.from(',1')]))).toEqual([
      ['客户', '金额'],
      ['𠀀', '1'],
    ]);
  });

  test('a broken character in a UTF-8 file is a fault of its row, and the file stays UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('客户名称,消费金额合计（元）\n甲,1\n乙'),
      Buffer.from([0xe4, 0xb8]),
      Buffer.from(',2\n丙,3\n'),
    ]);
    const { rows, faults } = await readCsv(bytes);
    expect(rows.map(({ texts }) => texts)).toEqual([
      ['客户名称', '消费金额合计（元）'],
      ['甲', '1'],
      ['丙', '3'],
    ]);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[3, 'row.encoding']]);
  });

  test('a U+FFFD that the file really holds is text', async () => {
    expect(await textsOf('客户,名\n1,a\uFFFD\n')).toEqual([
      ['客户', '名'],
      ['1', 'a\uFFFD'],
    ]);
  });

  test('GBK that happens to begin like UTF-8 is judged by the whole sample', () => {
    expect(chooseEncoding(Buffer.concat([Buffer.from('d2bb2c', 'hex'), gbHeader]))).toBe('gb18030');
    expect(chooseEncoding(Buffer.from('客户一'))).toBe('utf-8');
  });
});

describe('delimiters', () => {
  test.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a\tb\tc\n1,000\t2,000\t3\n', '\t'],
    ['a;b;c\n1,5;2,5;3\n', ';'],
    ['账单, 2025年7月\na\tb\tc\n1\t2\t3\n', '\t'],
    ['id,金额\n\t001\t,1\n\t002\t,2\n', ','],
    ['"a,b,c,d,e"\tb\n"1,2,3,4,5"\t2\n', '\t'],
    ['只有一列\n1\n', ','],
    ['sep=;\na,b;c\n', ';'],
  ])('%j', (sample, delimiter) => {
    expect(sniffDelimiter(sample)).toBe(delimiter);
  });

  test("Excel's sep= line is no row, and lines are still counted", async () => {
    expect((await readCsv('sep=;\r\na;b\r\n')).rows).toMatchObject([{ row: 2, texts: ['a', 'b'] }]);
  });
});

describe('records', () => {
  test('quotes, line breaks in cells, and the true line numbers', async () => {
    const { rows, faults } = await readCsv('a,b\r\n"x\r\ny","he said ""no"""\r\n\r\n1,2\r\n');
    expect(faults).toEqual([]);
    expect(rows.map(({ row, texts }) => [row, texts])).toEqual([
      [1, ['a', 'b']],
      [2, ['x\r\ny', 'he said "no"']],
      [5, ['1', '2']],
    ]);
  });

  test.each([
    ['\n', 'a,b\n1,2\n'],
    ['\r\n', 'a,b\r\n1,2\r\n'],
    ['\r', 'a,b\r1,2\r'],
    ['no last line end', 'a,b\n1,2'],
    ['mixed', 'a,b\r\n1,2\n'],
    ['quoted at the line end', '"a","b"\r\n"1","2"\r\n'],
    ['blanks behind a quote', '"a" ,"b" \r\n1,2'],
  ])('line ends: %j', async (_, content) => {
    expect(await textsOf(content)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  test('short and long rows come with the cells they have; blank lines and lines of delimiters do not', async () => {
    expect(await textsOf('标题\n,,\n\na,b,c\n1\n1,2,3,4\n   \n')).toEqual([
      ['标题'],
      ['a', 'b', 'c'],
      ['1'],
      ['1', '2', '3', '4'],
      ['   '],
    ]);
  });

  test('="001" is 001, tabs around ids stay for the importer', async () => {
    expect(await textsOf('a,b,c,d\n="001","=""0""""2""",\t0666\t,=1+1\n')).toEqual([
      ['a', 'b', 'c', 'd'],
      ['001', '0"2', '\t0666\t', '=1+1'],
    ]);
  });

  test('empty cells are empty, all others text', async () => {
    expect((await readCsv('a,b,c\n1,,""\n')).rows[1]).toEqual({ row: 2, texts: ['1', '', ''], kinds: [1, 0, 0] });
  });
});

describe('faults', () => {
  test('a NUL', async () => {
    expect(await faultsOf('a,b\n1,2\n1\0,2\n3,4\n')).toEqual([[3, 'row.nul']]);
  });

  test('a quote inside a quoted cell', async () => {
    const { rows, faults } = await readCsv('a,b\n"x"y,1\n"ok",2\n');
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[2, 'row.quote']]);
    expect(rows.map(({ row }) => row)).toEqual([1, 3]);
  });

  test('a quote that never closes costs its own line only', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => (i === 2000 ? '1,"open' : `${i},text`));
    const { rows, faults } = await readCsv(`a,b\n${lines.join('\n')}\n`);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[2002, 'row.quote']]);
    expect(rows.length).toBe(5000);
    expect(rows.at(-1)).toMatchObject({ row: 5001, texts: ['4999', 'text'] });
  });

  test('a quote that never closes in a file of quotes costs few lines, all named', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => (i === 100 ? '1,"open' : `${i},"text, quoted"`));
    const { rows, faults } = await readCsv(`a,b\n${lines.join('\n')}\n`);
    expect(faults.map(({ row }) => row)).toEqual([102]);
    expect(rows.length).toBe(300);
  });

  test('an open quote larger than any record is given up while the file goes on', async () => {
    const { rows, faults } = await readCsv(`a,b\n1,"open\n${'x,y\n'.repeat(500_000)}`);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[2, 'row.quote']]);
    expect(rows.length).toBe(500_001);
  });

  test('a line without end', async () => {
    const { rows, faults } = await readCsv(`a,b\n${'x'.repeat(3_000_000)}\n1,2\n`);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[2, 'row.too-long']]);
    expect(rows.map(({ row }) => row)).toEqual([1, 3]);
  });

  test('every line broken: all named, in order', async () => {
    const { rows, faults } = await readCsv(`a,b\n${'"x"y,1\n'.repeat(20_000)}`);
    expect(rows.length).toBe(1);
    expect(faults.map(({ row }) => row)).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 2));
  });
});

function quoted(field: string, delimiter: string): string {
  return field.includes('"') || field.includes('\n') || field.includes('\r') || field.includes(delimiter)
    ? `"${field.replaceAll('"', '""')}"`
    : field;
}

test('any table comes back', async () => {
  const unit = fc.oneof(fc.constantFrom('"', ',', '\t', ';', '\n', '\r', ' ', '=', '账', '期', '😀'), fc.constantFrom(...'abc019.-'));
  const field = fc.string({ unit, maxLength: 8 }).filter((text) => !/^="[^]*"$/.test(text));
  const table = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(',', '\t', ';'), fc.constantFrom('\n', '\r\n'), async (rows, delimiter, lineEnd) => {
      const head = ['列一', '列二', '列三'];
      const all = [head, ...rows];
      // Enough plain lines for the delimiter to be plain too.
      const plain = Array.from({ length: 120 }, () => head);
      // A carriage return that ends a line's last cell cannot be told from the line's own end.
      fc.pre(all.every((cells) => !cells.at(-1)?.endsWith('\r')));
      const content = [...plain, ...all].map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)).join(lineEnd);
      const kept = all.filter((cells) => cells.some((cell) => cell !== ''));
      expect((await textsOf(content)).slice(120)).toEqual(kept);
    }),
    { numRuns: 150, seed: 20260105 },
  );
});

test('whatever the quotes, every line is either in a row or named as a fault', async () => {
  const text = fc.string({ unit: fc.constantFrom('"', '"', ',', '\n', '\n', 'a', ' ', '\r'), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const lines = `a,b\n${content}`.split('\n');
      const { rows, faults } = await readCsv(lines.join('\n'));
      const covered = new Set(faults.map(({ row }) => row));
      for (const { row, texts } of rows) for (let i = row; i <= row + texts.join('').split('\n').length - 1; i++) covered.add(i);
      expect(lines.flatMap((line, i) => (line.includes('a') && !covered.has(i + 1) ? [i + 1] : []))).toEqual([]);
    }),
    { numRuns: 400, seed: 20260105 },
  );
});
