import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { appParts } from '../../electron/hosts/cli/parts.ts';
import { digitalXml, sample, scannedPdf } from '../invoicing/e-invoices.ts';
import { run, type Ran } from './cli-terminal.ts';

const qr = '01,31,,24312000000358032546,633.00,20241118,,16C0';
let folder: string;
/** The real app behind the command line, on a workspace of its own. */
let hezhang: (...argv: string[]) => Promise<Ran & { readonly json: Record<string, unknown> }>;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  hezhang = async (...argv) => {
    const ran = await run(['--workspace', path.join(folder, 'workspace'), '--json', ...argv], {
      parts: { createApp: appParts.createApp, createFiles: appParts.createFiles },
    });
    return { ...ran, json: JSON.parse(ran.out) as Record<string, unknown> };
  };
});

const file = (name: string, bytes: Buffer | string): string => {
  const target = path.join(folder, name);
  fs.writeFileSync(target, bytes);
  return target;
};

describe('invoice add FILE…', () => {
  it('adds what can be read with its sources, tells the rest, and exits 2', async () => {
    const [good, scan] = [file('a.xml', digitalXml()), file('b.pdf', await scannedPdf())];
    const ran = await hezhang('invoice', 'add', good, scan);
    expect(ran.code).toBe(2);
    expect(ran.json['files']).toMatchObject([
      { status: 'added', number: sample.number, paths: [good] },
      { status: 'refused', code: 'invoice-file.no-text', paths: [scan], reason: expect.stringContaining('扫描件') },
    ]);
    const { json, code } = await hezhang('invoice', 'list');
    expect(code).toBe(0);
    expect(json['invoices']).toMatchObject([
      { number: sample.number, kind: 'special', net: '94339.62000000', tax: '5660.38000000', total: '100000.00000000', rate: '6%' },
    ]);
    const { sources } = (json['invoices'] as { sources: { from: string }[] }[])[0]!;
    expect(new Set(sources.map(({ from }) => from))).toEqual(new Set(['xml']));
    expect(await hezhang('invoice', 'add', good)).toMatchObject({ code: 2, json: { files: [{ code: 'invoice.duplicate' }] } });
  });

  it('takes a value typed beside one file as typed, and refuses it for several', async () => {
    const a = file('a.xml', digitalXml());
    const b = file('b.xml', digitalXml({ number: '25442000000012345679' }));
    expect((await hezhang('invoice', 'add', a, b, '--buyer', '更正后的公司')).code).toBe(2);
    const { json } = await hezhang('invoice', 'add', a, '--buyer', '更正后的公司');
    const [invoice] = json['invoices'] as { buyer: string; sources: unknown[] }[];
    expect(invoice!.buyer).toBe('更正后的公司');
    expect(invoice!.sources).toContainEqual({ field: 'buyer', from: 'typed' });
  });

  it('refuses an unknown request and enters nothing', async () => {
    const a = file('a.xml', digitalXml());
    expect(await hezhang('invoice', 'add', a, '--request', 'SF404')).toMatchObject({
      code: 2,
      json: { files: [{ code: 'request.unknown' }] },
    });
    expect((await hezhang('invoice', 'list')).json).toEqual({ invoices: [] });
  });
});

describe('invoice add --qr', () => {
  it('asks for what the code does not say', async () => {
    const ran = await hezhang('invoice', 'add', '--qr', qr);
    expect(ran).toMatchObject({ code: 2, json: { invoices: [], files: [{ code: 'invoice.incomplete' }] } });
  });

  it('with the rate splits the total, and the sources say which is which', async () => {
    const { code, json } = await hezhang('invoice', 'add', '--qr', qr, '--rate', '6%');
    expect(code).toBe(0);
    expect(json['invoices']).toMatchObject([{ net: '597.17000000', tax: '35.83000000', total: '633.00000000', date: '2024-11-18' }]);
    const { sources } = (json['invoices'] as { sources: { field: string; from: string }[] }[])[0]!;
    expect(sources).toEqual(
      expect.arrayContaining([
        { field: 'total', from: 'qr' },
        { field: 'net', from: 'typed' },
      ]),
    );
  });

  it('refuses what is no such text', async () => {
    expect(await hezhang('invoice', 'add', '--qr', 'https://example.com')).toMatchObject({
      code: 2,
      json: { files: [{ code: 'invoice-qr.unknown' }] },
    });
  });
});
