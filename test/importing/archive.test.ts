import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FileRefused } from '../../electron/importing/cells.ts';
import { openFile } from '../../electron/importing/open.ts';
import { workbookBytes } from '../fixtures/odd-workbooks.ts';
import { tarGzOf, tarOf, zipOf } from '../fixtures/odd-zips.ts';
import { readBytes, readSheet, refusalCode, withFile } from './reading.ts';

const part = (n: number): string => `客户ID,金额\nc${n},${n}\n`;
const book = workbookBytes({ rows: '<row r="1"><c r="A1"><v>7</v></c></row>' });

/** Name and second row of every sheet. */
async function sheetsOf(bytes: Buffer): Promise<[string, string | undefined][]> {
  const { sheets } = await readBytes(bytes);
  return sheets.map(({ name, rows }) => [name, rows.at(-1)?.texts.join()]);
}

describe.each([
  ['zip', (members: { name: string; content: string | Buffer }[]) => Promise.resolve(zipOf(members))],
  ['tar.gz', tarGzOf],
  ['tar', tarOf],
])('%s', (_, build) => {
  test('parts come in the order a person expects', async () => {
    const bytes = await build([10, 2, 1].map((n) => ({ name: `账单/part-${n}.csv`, content: part(n) })));
    expect(await sheetsOf(bytes)).toEqual([
      ['账单/part-1.csv', 'c1,1'],
      ['账单/part-2.csv', 'c2,2'],
      ['账单/part-10.csv', 'c10,10'],
    ]);
  });

  test('workbooks inside give their sheets', async () => {
    const bytes = await build([
      { name: 'b.xlsx', content: book },
      { name: 'a.csv', content: part(1) },
    ]);
    expect(await sheetsOf(bytes)).toEqual([
      ['a.csv', 'c1,1'],
      ['b.xlsx › 账单', '7'],
    ]);
  });

  test('an archive inside is opened, one inside that is refused', async () => {
    const inner = zipOf([{ name: '1.csv', content: part(1) }]);
    const gz = await tarGzOf([{ name: '2.csv', content: part(2) }]);
    const nested = await build([
      { name: 'a.zip', content: inner },
      { name: 'b.tar.gz', content: gz },
    ]);
    expect(await sheetsOf(nested)).toEqual([
      ['a.zip › 1.csv', 'c1,1'],
      ['b.tar.gz › 2.csv', 'c2,2'],
    ]);
    for (const deep of [zipOf([{ name: 'x.zip', content: inner }]), await tarGzOf([{ name: 'x.tar.gz', content: gz }])])
      expect(await refusalCode(await build([{ name: 'outer', content: deep }]))).toBe('archive.nested');
  });

  test("what is no table is passed over with a note; an operating system's files too", async () => {
    const file = await readBytes(
      await build([
        { name: '__MACOSX/._a.csv', content: 'x' },
        { name: '.DS_Store', content: 'x' },
        { name: 'note.pdf', content: '%PDF-1.4' },
        { name: 'empty.csv', content: '' },
        { name: 'a.csv', content: part(1) },
      ]),
    );
    expect(file.sheets.map(({ name }) => name)).toEqual(['a.csv']);
    expect(file.notes.toSorted()).toEqual([
      'archive.entry-passed-over',
      'archive.entry-passed-over',
      'archive.system-entry',
      'archive.system-entry',
    ]);
  });

  test('documents of other kinds beside the exports are passed over by name', async () => {
    const docx = zipOf([{ name: 'word/document.xml', content: '<x/>' }]);
    const xlsb = zipOf([{ name: 'xl/workbook.bin', content: 'x' }]);
    const locked = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from('EncryptedPackage', 'utf16le')]);
    const bytes = await build([
      { name: 'a.csv', content: part(1) },
      { name: 'b.docx', content: docx },
      { name: 'c.xlsb', content: xlsb },
      { name: 'd.xlsx', content: locked },
    ]);
    await withFile(bytes, async (path) => {
      const file = await openFile(path);
      expect(file.sheets.map(({ name }) => name)).toEqual(['a.csv']);
      expect(file.notes.map(({ en }) => /Word|xlsb|encrypted/.exec(en)?.[0])).toEqual(['Word', 'xlsb', 'encrypted']);
      await file.close();
    });
    expect(
      await refusalCode(
        await build([
          { name: 'a.csv', content: part(1) },
          { name: 'b.xlsx', content: book.subarray(0, 900) },
        ]),
      ),
    ).toBe('file.corrupt');
  });

  test('nothing readable inside', async () => {
    expect(await refusalCode(await build([{ name: 'a.png', content: Buffer.from('89504e470d0a', 'hex') }]))).toBe('archive.empty');
  });

  test('limits on entries and sizes', async () => {
    const bytes = await build([1, 2, 3].map((n) => ({ name: `${n}.csv`, content: part(n) })));
    expect(await refusalCode(bytes, { limits: { entries: 2 } })).toBe('archive.too-many-entries');
    expect(await refusalCode(bytes, { limits: { entries: 3 } })).toBe('read');
    expect(await refusalCode(bytes, { limits: { entryBytes: 10 } })).toBe('archive.too-large');
    expect(await refusalCode(await build([{ name: 'b.xlsx', content: book }]), { limits: { nestedBytes: 100 } })).toBe('archive.too-large');
  });

  test('archives inside are held in memory only up to the limit, together', async () => {
    const inner = zipOf([{ name: '1.csv', content: part(1) }]);
    const bytes = await build(['a.zip', 'b.zip'].map((name) => ({ name, content: inner })));
    expect(await refusalCode(bytes, { limits: { nestedBytes: inner.length * 2 } })).toBe('read');
    expect(await refusalCode(bytes, { limits: { nestedBytes: inner.length * 2 - 1 } })).toBe('archive.too-large');
  });

  test('sheets read in any order and again give the same', async () => {
    const bytes = await build([1, 2, 3].map((n) => ({ name: `${n}.csv`, content: part(n).repeat(500) })));
    await withFile(bytes, async (path) => {
      const file = await openFile(path);
      const [a, b, c] = file.sheets;
      if (!a || !b || !c) throw new Error('three sheets are expected');
      const first = [await readSheet(a), await readSheet(b), await readSheet(c)];
      expect(first.map(({ rows }) => rows.length)).toEqual([1000, 1000, 1000]);
      for await (const batch of b.batches()) if (batch.rows.length > 0) break;
      expect([await readSheet(c), await readSheet(a), await readSheet(b)]).toEqual([first[2], first[0], first[1]]);
      expect(await Promise.all([readSheet(a), readSheet(c), readSheet(b)])).toEqual([first[0], first[2], first[1]]);
      await file.close();
    });
  });

  test('an aborted read stops, and no file is left behind', async () => {
    const own = mkdtempSync(join(tmpdir(), 'hezhang-read-'));
    vi.stubEnv('TMPDIR', own);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(own, { recursive: true });
    });
    const bytes = await build([{ name: '1.csv', content: part(1).repeat(200_000) }]);
    await withFile(bytes, async (path) => {
      const stop = new AbortController();
      const file = await openFile(path, { signal: stop.signal });
      const reading = (async () => {
        for await (const batch of file.sheets[0]?.batches() ?? []) if (batch.rows.length > 0) stop.abort();
      })();
      await expect(reading).rejects.toThrow(/abort/i);
      await file.close();
    });
    expect(readdirSync(own)).toEqual([]);
  });
});

describe('names of entries', () => {
  test('GBK without the UTF-8 flag, UTF-8 without it, UTF-8 with it', async () => {
    const gbk = Buffer.from('d5cbb5a52e637376', 'hex');
    const names = [
      { name: gbk, content: part(1), flags: 0 },
      { name: '账单2.csv', content: part(2), flags: 0 },
      { name: '账单3.csv', content: part(3) },
    ];
    expect((await sheetsOf(zipOf(names))).map(([name]) => name)).toEqual(['账单.csv', '账单2.csv', '账单3.csv']);
  });

  test('GBK in a tar', async () => {
    const tar = await tarOf([{ name: 'AABB.csv', content: part(1) }]);
    Buffer.from('d5cbb5a5', 'hex').copy(tar, 0);
    tar.fill(' ', 148, 156);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect((await sheetsOf(gzipSync(tar))).map(([name]) => name)).toEqual(['账单.csv']);
  });

  test('a long Chinese name in a tar', async () => {
    const name = `${'很长的文件夹名'.repeat(12)}/账单.csv`;
    expect((await sheetsOf(await tarGzOf([{ name, content: part(1) }]))).map(([found]) => found)).toEqual([name]);
  });

  test.each(['../../etc/账单.csv', '/etc/账单.csv', 'C:\\账单.csv', 'a/../账单.csv'])('%s is made harmless and named', async (name) => {
    const file = await readBytes(zipOf([{ name, content: part(1) }]));
    expect(file.sheets[0]?.name).not.toMatch(/\.\.|^\/|:/);
    expect(file.notes).toEqual(['archive.entry-path']);
  });
});

describe('damage and bombs', () => {
  const good = zipOf([{ name: 'a.csv', content: part(1).repeat(50) }]);

  test('a password is refused by name', async () => {
    expect(await refusalCode(zipOf([{ name: 'a.csv', content: part(1), flags: 0x801 }]))).toBe('archive.password');
  });

  test('another compression is refused by name', async () => {
    expect(await refusalCode(zipOf([{ name: 'a.csv', content: part(1), method: 12 }]))).toBe('archive.method');
  });

  test.each<[string, Buffer]>([
    ['a wrong checksum', zipOf([{ name: 'a.csv', content: part(1), claimedCrc: 1 }])],
    ['more content than claimed', zipOf([{ name: 'a.csv', content: part(1), claimedSize: 5 }])],
    ['less content than claimed', zipOf([{ name: 'a.csv', content: part(1), claimedSize: 500 }])],
    ['a zip cut off', good.subarray(0, good.length - 30)],
    ['a gzip cut off', gzipSync(part(1).repeat(500)).subarray(0, 40)],
  ])('%s', async (_, bytes) => {
    expect(await refusalCode(bytes)).toBe('file.corrupt');
  });

  test('a directory that states fewer files than it holds', async () => {
    const bytes = zipOf([1, 2].map((n) => ({ name: `${n}.csv`, content: part(n) })));
    const end = bytes.length - 22;
    bytes.writeUInt16LE(1, end + 8);
    bytes.writeUInt16LE(1, end + 10);
    expect(await refusalCode(bytes)).toBe('file.corrupt');
  });

  test('a tar cut off inside a sound gzip', async () => {
    const tar = await tarOf([{ name: 'a.csv', content: part(1).repeat(500) }]);
    expect(await refusalCode(gzipSync(tar.subarray(0, 2000)))).toBe('file.corrupt');
  });

  test('a gzip of one csv is that csv', async () => {
    const file = await readBytes(gzipSync(part(1)), {}, '账单.csv.gz');
    expect(file.sheets.map(({ name, rows }) => [name, rows.length])).toEqual([['账单.csv', 2]]);
  });

  test('a gzip of something else is refused as that', async () => {
    expect(await refusalCode(gzipSync('%PDF-1.4'))).toBe('file.pdf');
    expect(await refusalCode(gzipSync(gzipSync('a,b')))).toBe('archive.nested');
  });

  test('content that expands beyond measure', async () => {
    const bomb = Buffer.alloc(3_000_000, 'a,b\n');
    const limits = { ratioFloor: 1_000_000 };
    expect(await refusalCode(zipOf([{ name: 'a.csv', content: bomb }]), { limits })).toBe('archive.ratio');
    expect(await refusalCode(await tarGzOf([{ name: 'a.csv', content: bomb }]), { limits })).toBe('archive.ratio');
    expect(await refusalCode(zipOf([{ name: 'a.csv', content: bomb, method: 0 }]), { limits })).toBe('read');
  });

  test('all entries together', async () => {
    const bytes = zipOf([1, 2, 3].map((n) => ({ name: `${n}.csv`, content: part(n) })));
    expect(await refusalCode(bytes, { limits: { totalBytes: 50 } })).toBe('archive.too-large');
  });
});

describe('damage is told in the words of the language that the file is looked at in', () => {
  const csv = `客户ID,金额\n${Array.from({ length: 3000 }, (_, i) => `c${i},${(i * 7919) % 3001}`).join('\n')}`;
  const rows = Array.from({ length: 500 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`).join('');
  const members = [{ name: 'a.csv', content: csv }];
  const kinds: [string, () => Buffer | Promise<Buffer>][] = [
    ['xlsx', () => workbookBytes({ rows })],
    ['zip', () => zipOf(members)],
    ['tar.gz', () => tarGzOf(members)],
    ['tar', () => tarOf(members)],
    ['gz', () => gzipSync(csv)],
  ];
  const refused = async (bytes: Buffer): Promise<{ zh: string; en: string }> =>
    readBytes(bytes).then(
      () => expect.unreachable('was read'),
      (error: FileRefused) => error,
    );

  test.each(kinds)('%s cut short', async (_, make) => {
    const bytes = await make();
    for (const share of [0.5, 0.9]) {
      const { zh, en } = await refused(bytes.subarray(0, bytes.length * share));
      expect(zh).toMatch(/^文件已损坏或不完整：压缩.{1,2}无法解开（结尾缺失，多半是没有下载完整）。请从/);
      expect(en).toContain('its end is missing: the download probably broke off');
    }
  });

  test.each(kinds.filter(([kind]) => kind !== 'tar' && kind !== 'zip'))('%s changed on its way', async (_, make) => {
    const bytes = Buffer.from(await make());
    for (let i = 0; i < 20; i++) bytes[Math.floor(bytes.length / 2) - i]! ^= 0x5a;
    const { zh, en } = await refused(bytes);
    expect(zh).toMatch(/^文件已损坏或不完整：压缩(?:包|数据“[^”]+”)无法解开（内容中途损坏）。请从/);
    expect(en).toContain('its content was damaged on the way');
  });
});
