import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../electron/app.ts';
import type { Input, Method, Output } from '../../electron/contract.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';
import { digitalLayout, digitalXml, ofdOf, pdfOf, sample, scannedPdf } from '../invoicing/e-invoices.ts';

/** A whole app on a fresh workspace, and a folder of invoice files. */
function open(files: Readonly<Record<string, Buffer | string>> = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  const registry = createFileRegistry();
  const app = createApp({ workspace: path.join(folder, 'workspace'), resources, host: 'cli', files: registry, onEvent: () => undefined });
  onTestFinished(async () => {
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const given = path.join(folder, 'given');
  fs.mkdirSync(given);
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(given, name), bytes);
  return {
    token: registry.register(given),
    async call<M extends Method>(method: M, input: Input<M>) {
      const reply = await app.dispatch(method, input);
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
      return reply.value as Output<M>;
    },
    async refused(method: Method, input: unknown) {
      const reply = await app.dispatch(method, input);
      if (reply.ok) throw new Error(`${method} was not refused`);
      return reply.error;
    },
  };
}

const request = { requestId: 'SF20251001', billingCycle: '2025-09', amount: sample.total, taxRate: '6%' };

it('a folder is read, the forms of one invoice together, and nothing is stored until it is confirmed', async () => {
  const { call, token } = open({
    'a.xml': digitalXml(),
    'b.ofd': await ofdOf({ more: { 'x.xml': digitalXml({ net: '94339.61' }) } }),
    'c.pdf': await pdfOf(digitalLayout),
    'scan.pdf': await scannedPdf(),
    'notes.txt': 'no',
  });
  await call('requests.save', request);
  await call('requests.save', { ...request, requestId: 'SF20251002' });
  const { files } = await call('invoices.read', { tokens: [token] });
  expect(files.map(({ status, paths }) => [status, paths.map((file) => path.basename(file))])).toEqual([
    ['read', ['a.xml', 'b.ofd', 'c.pdf']],
    ['refused', ['scan.pdf']],
  ]);
  expect(files[0]).toMatchObject({
    disagreements: [
      {
        field: 'net',
        values: [
          { value: sample.net, from: 'xml' },
          { value: '94339.61', from: 'ofd' },
        ],
      },
    ],
    suggestions: [
      { requestId: 'SF20251001', by: 'remark' },
      { requestId: 'SF20251002', by: 'amount' },
    ],
  });
  expect(files[1]).toMatchObject({ code: 'invoice-file.no-text', reason: { zh: expect.stringContaining('手工录入') } });
  expect((await call('invoices.list', {})).invoices).toEqual([]);
});

it('confirmed values keep their sources; what was changed is typed; what a file says wrongly is told, not refused', async () => {
  const { call } = open();
  await call('requests.save', request);
  const from = (field: string, source: 'xml' | 'typed' = 'xml') => ({ field, from: source });
  const confirmed = {
    number: sample.number,
    kind: 'special' as const,
    date: '2999-01-01',
    net: sample.net,
    tax: sample.tax,
    total: '100000.01',
    rate: '6%',
    buyer: '改过的名称',
    remark: '',
    lines: '1',
    requestId: request.requestId,
    sources: [from('number'), from('date'), from('net'), from('tax'), from('total'), from('rate'), from('buyer', 'typed'), from('remark')],
  };
  const { invoice } = await call('invoices.add', confirmed);
  expect(invoice.findings).toEqual(['invoice.sum', 'invoice.number', 'invoice.arithmetic', 'invoice.remark', 'invoice.date']);
  expect(invoice.notes).toHaveLength(5);
  expect(Object.fromEntries(invoice.sources.map((one) => [one.field, one.from]))).toMatchObject({
    number: 'xml',
    buyer: 'typed',
    kind: 'typed',
  });
  expect((await call('invoices.list', {})).invoices).toEqual([invoice]);
});

it('an invoice is tied to one request only, by hand', async () => {
  const { call, refused } = open();
  await call('requests.save', request);
  await call('requests.save', { ...request, requestId: 'SF2' });
  const typed = { number: sample.number, kind: 'special', date: '2025-11-05', net: sample.net, tax: sample.tax } as const;
  await call('invoices.add', typed);
  expect((await refused('invoices.add', typed)).code).toBe('invoice.duplicate');
  const { invoice } = await call('invoices.tie', { number: sample.number, requestId: 'SF2' });
  expect(invoice.requestId).toBe('SF2');
  expect((await refused('invoices.tie', { number: sample.number, requestId: request.requestId })).code).toBe('invoice.shared');
  expect((await refused('invoices.add', { ...typed, requestId: request.requestId })).code).toBe('invoice.shared');
  expect((await refused('invoices.tie', { number: sample.number, requestId: 'SF404' })).code).toBe('request.unknown');
  expect((await refused('invoices.tie', { number: '25442000000012345679', requestId: 'SF2' })).code).toBe('invoice.unknown');
  expect((await call('invoices.tie', { number: sample.number, requestId: '' })).invoice).not.toHaveProperty('requestId');
  expect((await call('invoices.tie', { number: sample.number, requestId: request.requestId })).invoice.requestId).toBe(request.requestId);
});

it('QR text is read too, and says where its number is entered already', async () => {
  const { call } = open();
  const qr = '01,31,,24312000000358032546,633.00,20241118,,16C0';
  expect((await call('invoices.read', { qr })).files).toMatchObject([{ status: 'read', paths: [], notes: [] }]);
  await call('invoices.add', { number: '24312000000358032546', kind: 'special', date: '2024-11-18', net: '597.17', tax: '35.83' });
  expect((await call('invoices.read', { qr })).files[0]!.known!.zh).toContain('24312000000358032546');
  expect((await call('invoices.read', { qr: 'hello' })).files).toMatchObject([{ status: 'refused', code: 'invoice-qr.unknown' }]);
});
