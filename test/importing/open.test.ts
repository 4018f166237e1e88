import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../electron/importing/open.ts';
import { FileRefused } from '../../electron/importing/cells.ts';
import { workbookBytes } from '../fixtures/odd-workbooks.ts';
import { zipOf } from '../fixtures/odd-zips.ts';
import { readBytes, refusalCode, withFile } from './reading.ts';

/** An OLE compound file whose directory, in a far sector, names these streams. */
function ole(...streams: string[]): Buffer {
  const bytes = Buffer.alloc(512 * 400);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(300, 48);
  streams.forEach((name, i) => bytes.write(name, 301 * 512 + i * 128, 'utf16le'));
  return bytes;
}

const refused: readonly [string, Buffer | string, string][] = [
  ['an empty file', '', 'file.empty'],
  ['an encrypted workbook', ole('Root Entry', 'EncryptionInfo', 'EncryptedPackage'), 'file.encrypted'],
  ['an xls', ole('Root Entry', 'Workbook'), 'file.xls'],
  ['an old xls', ole('Root Entry', 'Book'), 'file.xls'],
  ['an old Word document', ole('Root Entry', 'WordDocument'), 'file.ole'],
  [
    'an xlsb',
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.bin', content: 'x' },
    ]),
    'file.xlsb',
  ],
  [
    'an ods',
    zipOf([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', method: 0 },
      { name: 'content.xml', content: '<x/>' },
    ]),
    'file.ods',
  ],
  ['an odt', zipOf([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 }]), 'file.document'],
  [
    'a docx',
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<x/>' },
    ]),
    'file.document',
  ],
  [
    'a pptx',
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'ppt/presentation.xml', content: '<x/>' },
    ]),
    'file.document',
  ],
  ['a pdf', '%PDF-1.7\n', 'file.pdf'],
  ['a web page', '\uFEFF\r\n <!DOCTYPE html><html><body>登录</body></html>', 'file.html'],
  [
    'a table in a web page, as old portals export',
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table></html>',
    'file.html',
  ],
  ['a web page in UTF-16', Buffer.from('\uFEFF<html><body>x</body></html>', 'utf16le'), 'file.html'],
  ['XML Spreadsheet 2003', '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', 'file.xml'],
  ['a Windows program', Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(100)]), 'file.executable'],
  ['a Linux program', Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(100)]), 'file.executable'],
  ['a png', Buffer.from('89504e470d0a1a0a', 'hex'), 'file.image'],
  ['a jpeg', Buffer.from('ffd8ffe000104a46', 'hex'), 'file.image'],
  ['a gif', 'GIF89a...', 'file.image'],
  ['a rar', Buffer.from('526172211a070100', 'hex'), 'file.rar'],
  ['a 7z', Buffer.from('377abcaf271c0004', 'hex'), 'file.rar'],
  ['rubbish', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff)), 'file.not-text'],
  ['only zeros', Buffer.alloc(5000), 'file.not-text'],
  ['a zip whose directory is gone', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(200)]), 'file.corrupt'],
];

describe('refused by what they are, whatever the name says', () => {
  test.each(refused)('%s', async (_, bytes, code) => {
    expect(await refusalCode(bytes, {}, '消费明细.xlsx')).toBe(code);
    expect(await refusalCode(bytes, {}, '消费明细.csv')).toBe(code);
  });

  test('a folder, and a file that is not there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hezhang-read-'));
    await expect(openFile(folder)).rejects.toMatchObject({ code: 'file.directory' });
    await expect(openFile(join(folder, 'gone.csv'))).rejects.toMatchObject({ code: 'file.missing' });
    rmSync(folder, { recursive: true });
  });

  test('every refusal says what it is and what to do, in both languages', async () => {
    for (const [name, bytes] of refused) {
      const error: unknown = await withFile(bytes, (path) =>
        openFile(path).then(
          (file) => file.close(),
          (reason: unknown) => reason,
        ),
      );
      expect(error, name).toBeInstanceOf(FileRefused);
      const { zh, en } = error as FileRefused;
      expect(zh, name).toMatch(/请/);
      expect(en, name).toMatch(/(?:Download|Open|Import|Export|Extract|Choose|Check|Sign)/i);
      expect(zh + en).not.toContain('{}');
    }
  });
});

describe('read by what they are', () => {
  const book = workbookBytes({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' });
  test.each<[string, Buffer | string, string]>([
    ['a.csv', book, 'xlsx'],
    ['a.xlsx', 'a,b\n1,2\n', 'csv'],
    ['a.csv', zipOf([{ name: 'x', content: 'a,b\n' }]), 'zip'],
    ['a.txt', 'MZ,列\n1,2\n', 'csv'],
    ['a', 'PK,列\n1,2\n', 'csv'],
    ['a', 'BMW,列\n1,2\n', 'csv'],
  ])('%s', async (name, bytes, format) => {
    expect((await readBytes(bytes, {}, name)).format).toBe(format);
  });

  test("a csv's sheet has the file's name, or the one given", async () => {
    expect((await readBytes('a,b\n', {}, '账单.csv')).sheets[0]?.name).toBe('账单.csv');
    expect((await readBytes('a,b\n', { displayName: '原名.csv' }, 'x')).sheets[0]?.name).toBe('原名.csv');
  });

  test('progress never runs backwards and ends near the size', async () => {
    await withFile('a,b\n1,2\n'.repeat(300_000), async (path) => {
      const file = await openFile(path);
      const seen: number[] = [];
      for await (const batch of file.sheets[0]?.batches() ?? []) seen.push(batch.bytesRead);
      expect(seen).toEqual(seen.toSorted((x, y) => x - y));
      expect(seen.at(-1)).toBe(file.bytes);
      await file.close();
    });
  });
});
