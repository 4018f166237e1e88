import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readInvoiceFiles } from '../../electron/jobs/read-invoices.ts';
import type { FileRefused } from '../../electron/importing/cells.ts';
import { digitalLayout, digitalXml, lockedPdf, ofdOf, pdfOf, sample, zipOf } from './e-invoices.ts';
import { read, valuesOf } from './reading.ts';

const doctype = (inside: string, body: string): string => digitalXml().replace('<EInvoice>', `<!DOCTYPE EInvoice ${inside}>${body}`);

describe('xml', () => {
  it.each([
    [
      'an entity bomb',
      doctype(
        `[<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(100)}">]`,
        '<EInvoice><x>&c;</x>',
      ),
    ],
    ['an external entity', doctype('[<!ENTITY f SYSTEM "file:///etc/passwd">]', '<EInvoice><x>&f;</x>')],
    ['a DTD from elsewhere', doctype('SYSTEM "http://127.0.0.1:9/x.dtd"', '<EInvoice>')],
  ])('refuses %s', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'invoice-file.doctype' });
  });

  it.each([
    ['deep nesting', `<EInvoice>${'<a>'.repeat(100_000)}`, 'invoice-file.too-large'],
    ['a flood of elements', `<EInvoice>${'<a/>'.repeat(200_000)}</EInvoice>`, 'invoice-file.too-large'],
    ['more than it may have', `<EInvoice>${' '.repeat(9_000_000)}</EInvoice>`, 'invoice-file.too-large'],
    ['an unknown entity', '<EInvoice>&boom;</EInvoice>', 'invoice-file.damaged'],
    ['an end in the middle', digitalXml().slice(0, 900), 'invoice-file.damaged'],
    ['bytes that are no text', Buffer.from([0x3c, 0xff, 0xfe, 0x80, 0x81]), 'invoice-file.damaged'],
    ['another document', '<html><body>登录</body></html>', 'invoice-file.not-invoice'],
    ['nothing', '', 'invoice-file.empty'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n'), 'invoice-file.unknown'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code, zh: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) });
  });
});

describe('ofd', () => {
  it('reads no path outside: a name that climbs out is only a name', async () => {
    const climbing = (await ofdOf({ more: { 'Doc_0/Attachs/aaaaaaaaaaaa.xml': digitalXml() } })).toString('latin1');
    const bytes = Buffer.from(climbing.replaceAll('Doc_0/Attachs/aaaaaaaaaaaa.xml', '../../../../../../etc/evil.xml'), 'latin1');
    expect(valuesOf(await read(bytes)).number).toBe(sample.number);
    const named = await ofdOf({
      custom: { 发票号码: sample.number },
      more: { 'Doc_0/Doc.xml': '<a><FileLoc>../../../etc/passwd</FileLoc></a>' },
    });
    expect(valuesOf(await read(named))).toEqual({ number: sample.number });
  });

  it.each([
    ['a bomb', () => zipOf({ 'OFD.xml': Buffer.alloc(40_000_000, ' ') }), 'invoice-file.too-large'],
    [
      'too many entries',
      () => zipOf(Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`${i}.xml`, '<a/>']))),
      'invoice-file.too-large',
    ],
    ['an entity in a part', () => ofdOf({ more: { 'x.xml': doctype('[<!ENTITY a "b">]', '<EInvoice>') } }), 'invoice-file.doctype'],
    ['a zip of something else', () => zipOf({ 'word/document.xml': '<a/>' }), 'invoice-file.damaged'],
    ['a cut one', async () => (await ofdOf({ layout: digitalLayout })).subarray(0, 700), 'invoice-file.damaged'],
  ])('refuses %s', async (_, make, code) => {
    await expect(read(await make())).rejects.toMatchObject({ code });
  });

  it('says what is wrong with an archive once, and gives the advice for invoices alone', async () => {
    const cut = (await ofdOf({ layout: digitalLayout })).subarray(0, 700);
    const error = (await read(cut).catch((thrown: unknown) => thrown)) as FileRefused;
    expect(error.zh).toMatch(/^文件已损坏（压缩数据无法解开.*）。请改用税务平台下载的原始 XML、OFD 或 PDF，或手工录入。$/);
    expect(error.zh.match(/请/g)).toHaveLength(1);
    expect(error.en).toMatch(
      /^The file is damaged \(.*\)\. Use the original XML, OFD or PDF from the tax platform, or type the invoice in\.$/,
    );
    expect(error.en).not.toMatch(/partner centre|damaged or incomplete/);
    const many = await zipOf(Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`${i}.xml`, '<a/>'])));
    const large = (await read(many).catch((thrown: unknown) => thrown)) as FileRefused;
    expect([large.zh.match(/请/g)?.length, /exports/.test(large.en)]).toEqual([1, false]);
  });

  it('takes absurd coordinates and repetitions for what they are', async () => {
    const page = `<Page><TextObject ID="1" Boundary="1e308 -1e308 NaN x" Size="-5"><TextCode X="Infinity" Y="g" DeltaX="g 999999999 1">${sample.number}</TextCode></TextObject></Page>`;
    const bytes = await ofdOf({ custom: { 发票号码: sample.number }, more: { 'Doc_0/Pages/Page_1/Content.xml': page } });
    expect(valuesOf(await read(bytes)).number).toBe(sample.number);
  });
});

describe('pdf', () => {
  /** A PDF of one page with the content stream given, compressed. */
  function pdfWith(content: Buffer): Buffer {
    const stream = deflateSync(content);
    const parts = [
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n',
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 400]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n',
      `4 0 obj<</Length ${stream.length}/Filter/FlateDecode>>stream\n`,
    ];
    const tail = '\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF';
    return Buffer.concat([Buffer.from(`%PDF-1.4\n${parts.join('')}`), stream, Buffer.from(tail)]);
  }

  it('refuses a cut one, one of garbage and one that is locked', async () => {
    const sound = await pdfOf(digitalLayout);
    await expect(read(sound.subarray(0, 300))).rejects.toMatchObject({ code: expect.stringMatching(/^invoice-file\./) });
    await expect(read(await lockedPdf())).rejects.toMatchObject({ code: 'invoice-file.encrypted' });
    await expect(read(`%PDF-1.7\n${'obj '.repeat(1000)}`)).rejects.toMatchObject({ code: 'invoice-file.damaged' });
  });

  it('that asks for more time than a file gets is refused, and the next one is read', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const flood = Buffer.concat([Buffer.from('BT /F1 9 Tf '), Buffer.from('1 0 0 1 9 9 Tm (a) Tj '.repeat(8_000_000)), Buffer.from('ET')]);
    fs.writeFileSync(path.join(folder, 'a.pdf'), pdfWith(flood));
    fs.writeFileSync(path.join(folder, 'b.xml'), digitalXml());
    fs.writeFileSync(path.join(folder, 'readme.txt'), 'not asked for');
    const files = await readInvoiceFiles([folder], 'node_modules/pdfjs-dist/cmaps', 3);
    expect(files.map((file) => path.basename(file.path))).toEqual(['a.pdf', 'b.xml']);
    expect(files[0]!.answer).toMatchObject({ code: expect.stringMatching(/^invoice-file\.(slow|too-large)$/) });
    expect(files[1]!.answer).toMatchObject({ invoice: { name: 'b.xml' } });
  });

  it('that a busy machine reads slowly is read: the time is that of the processor', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    fs.writeFileSync(path.join(folder, 'a.pdf'), await pdfOf(digitalLayout));
    // By the clock the thread's start alone takes longer; it gets no second of the processor more than it needs.
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const reading = readInvoiceFiles([folder], 'node_modules/pdfjs-dist/cmaps', 20);
    while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(100_000);
    expect((await reading)[0]!.answer).toMatchObject({ invoice: { name: 'a.pdf' } });
  });

  it('with a font that is not embedded takes the character maps that come with the app, and no other file', async () => {
    const hex = Buffer.from('发票号码：', 'utf16le').swap16().toString('hex');
    const digits = Buffer.from(sample.number, 'utf16le').swap16().toString('hex');
    const text = `BT /F1 9 Tf 300 300 Td <${hex}> Tj 60 0 Td <${digits}> Tj ET`;
    const font =
      '5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj\n6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>endobj';
    const bytes = (map: string): Buffer =>
      Buffer.from(
        pdfWith(Buffer.from(text))
          .toString('latin1')
          .replace('5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj', font.replace('UniGB-UCS2-H', map)),
        'latin1',
      );
    expect(valuesOf(await read(bytes('UniGB-UCS2-H'))).number).toBe(sample.number);
    await expect(read(bytes('..#2f..#2f..#2fetc#2fpasswd'))).rejects.toMatchObject({ code: expect.stringMatching(/^invoice-file\./) });
  });
});
