import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

describe('invoices', () => {
  const invoice = { number: '1', code: '', kind: 'special', net: '1.00000000', tax: '0.06000000', total: '1.06000000', sources: [] };
  const answers: Answers = {
    'invoices.add': () => ({ invoice: { ...invoice, findings: ['invoice.buyer'], notes: [{ zh: '税号不对', en: 'wrong tax number' }] } }),
  };

  it('are typed in by options; negative amounts are values', async () => {
    const argv = [
      'invoice',
      'add',
      '--number',
      '1',
      '--code',
      '2',
      '--kind',
      'special',
      '--date',
      '2025-09-30',
      '--net',
      '-1.00',
      '--tax',
      '-0.06',
    ];
    const more = ['--rate', '6%', '--buyer', '购方', '--buyer-tax-number', 'T', '--request', 'SF1', '--json'];
    const { calls, out, code } = await run([...argv, ...more], { answers });
    expect(code).toBe(0);
    expect(calls).toEqual([
      [
        'invoices.add',
        {
          number: '1',
          code: '2',
          kind: 'special',
          date: '2025-09-30',
          net: '-1.00',
          tax: '-0.06',
          rate: '6%',
          buyer: '购方',
          buyerTaxNumber: 'T',
          requestId: 'SF1',
        },
      ],
    ]);
    const { code: _, ...shown } = invoice;
    expect(JSON.parse(out)).toEqual({ invoice: { ...shown, findings: ['invoice.buyer'], notes: ['税号不对'] } });
  });

  it.each(['2025-02-30', '30.09.2025', '2025-9-30'])('refuse the date %s', async (date) => {
    const ran = await run(['invoice', 'add', '--number', '1', '--kind', 'special', '--date', date, '--net', '1', '--tax', '0']);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining(date) });
  });

  it('are listed with the documented keys; the code only where there is one', async () => {
    const old = { ...invoice, number: '03630024', code: '1200154130', findings: [], notes: [] };
    const both: Answers = { 'invoices.list': () => ({ invoices: [{ ...invoice, findings: [], notes: [] }, old] }) };
    const { code: _, ...shown } = invoice;
    const { notes: __, ...shownOld } = old;
    expect(JSON.parse((await run(['invoice', 'list', '--json'], { answers: both })).out)).toEqual({
      invoices: [{ ...shown, findings: [] }, shownOld],
    });
  });

  it('print to the file named by --out', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const made = path.join(folder, 'made.pdf');
    fs.writeFileSync(made, 'the pdf');
    const target = path.join(folder, 'list.pdf');
    const printing: Answers = { 'invoices.print': (_, start) => ({ token: start.files.register(made), name: 'made.pdf' }) };
    const ran = await run(['invoice-list', 'SF1', 'SF2', '--out', target, '--lang', 'en', '--empty-numbers', '--json'], {
      answers: printing,
    });
    expect(JSON.parse(ran.out)).toEqual({ files: [target] });
    expect(fs.readFileSync(target, 'utf8')).toBe('the pdf');
    expect(ran.calls).toEqual([
      ['invoices.print', { requestIds: ['SF1', 'SF2'], language: 'en', emptyNumbers: true, accompaniesVendorList: false }],
    ]);
    const folderAsFile = await run(['invoice-list', 'SF1', '--out', folder], { answers: printing });
    expect(folderAsFile).toMatchObject({ code: 2, calls: [] });
  });
});

describe('settings, sample and serve', () => {
  it('get all, one, and set', async () => {
    const setting = { key: 'sellerName', value: 'x', fallback: '', source: 's', accepts: 'text' };
    const answers: Answers = { 'settings.get': () => ({ settings: [setting] }), 'settings.set': (input) => input };
    expect(JSON.parse((await run(['settings', 'get', '--json'], { answers })).out)).toEqual({ settings: [setting] });
    expect(JSON.parse((await run(['settings', 'get', 'sellerName', '--json'], { answers })).out)).toEqual(setting);
    expect(await run(['settings', 'get', 'nothing'], { answers })).toMatchObject({ code: 2, err: expect.stringContaining('sellerName') });
    const { calls } = await run(['settings', 'set', 'sellerName', '示例 公司'], { answers });
    expect(calls).toEqual([['settings.set', { key: 'sellerName', value: '示例 公司' }]]);
  });

  it('sample writes below the current folder', async () => {
    const { calls, out } = await run(['sample', 'out', '--json'], {
      answers: { 'sample.write': () => ({ files: ['/somewhere/out/a.csv'] }) },
    });
    expect(calls).toEqual([['sample.write', { folder: path.resolve('/somewhere/out') }]]);
    expect(JSON.parse(out)).toEqual({ files: ['/somewhere/out/a.csv'] });
  });

  it('serve prints the address, serves until it is interrupted, and ends well', async () => {
    const controller = new AbortController();
    const steps: string[] = [];
    const startLoopback = async ({ port }: { port?: number }) => {
      steps.push(`open ${port}`);
      setTimeout(() => controller.abort(), 10);
      return { url: 'http://127.0.0.1:8080/?token=t', close: async () => void steps.push('closed') };
    };
    const ran = await run(['serve', '--port', '8080'], { signal: controller.signal, parts: { startLoopback } });
    expect(ran).toMatchObject({ code: 0, closed: 1, out: expect.stringContaining('http://127.0.0.1:8080/?token=t\n') });
    expect(steps).toEqual(['open 8080', 'closed']);
  });
});
