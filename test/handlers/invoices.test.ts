import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../electron/app.ts';
import type { Input, Method, Output } from '../../electron/contract.ts';
import { createFileRegistry, type FileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';

interface Opened {
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  refused(method: Method, input: unknown): Promise<{ code: string; message: { zh: string; en: string }; details?: unknown }>;
  readonly files: FileRegistry;
  readonly events: unknown[];
}

/** A whole app on a fresh workspace. */
function open(): Opened {
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  const files = createFileRegistry();
  const events: unknown[] = [];
  const app = createApp({ workspace, resources, host: 'cli', files, onEvent: (event, payload) => events.push({ event, payload }) });
  onTestFinished(async () => {
    await app.close();
    fs.rmSync(workspace, { recursive: true, force: true });
  });
  return {
    files,
    events,
    async call<M extends Method>(method: M, input: unknown) {
      const reply = await app.dispatch(method, input);
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
      return reply.value as Output<M>;
    },
    async refused(method, input) {
      const reply = await app.dispatch(method, input);
      if (reply.ok) throw new Error(`${method} was not refused`);
      return reply.error;
    },
  };
}

const number = '25312000000358032546';
const invoice = { number, kind: 'special', date: '2025-11-05', net: '1000', tax: '60', rate: '6%', requestId: 'SF1' } as const;
const request = { requestId: 'SF1', billingCycle: '2025-09', amount: '1,060.00', taxRate: '6%', incentiveBillIds: ['JL1'] };

describe('requests and invoices', () => {
  it('show what is invoiced of a request and how far it is off, and what is missing on it', async () => {
    const { call, events } = open();
    await call('requests.save', request);
    const { invoice: added } = await call('invoices.add', { ...invoice, net: '900', tax: '54' });
    expect(added).toMatchObject({ total: '954.00000000', rate: '6%', findings: ['invoice.sum'], requestId: 'SF1' });
    const { requests } = await call('requests.list', { billingCycle: '2025-09' });
    expect(requests).toMatchObject([
      { amount: '1060.00000000', invoiced: '954.00000000', difference: '-106.00000000', taxRate: '6%', printedTimes: 0 },
    ]);
    expect(requests[0]!.problems.map(({ zh }) => zh).join()).toContain('相差 -106.00');
    expect((await call('requests.list', { billingCycle: '2025-08' })).requests).toEqual([]);
    expect(events).toContainEqual({ event: 'changed', payload: { areas: ['invoices', 'requests', 'months'] } });
  });

  it('refuse a number used before, an unknown request, and name them', async () => {
    const { call, refused } = open();
    await call('requests.save', request);
    expect((await refused('invoices.add', { ...invoice, requestId: 'SF404' })).message.zh).toContain('SF404');
    await call('invoices.add', invoice);
    const again = await refused('invoices.add', { ...invoice, number: ` No.${number}`, date: '2025-11-06' });
    expect(again).toMatchObject({ code: 'invoice.duplicate', details: { number, requestId: 'SF1' } });
    expect((await call('invoices.list', {})).invoices).toHaveLength(1);
    await call('invoices.remove', { number });
    expect((await refused('invoices.remove', { number })).code).toBe('invoice.unknown');
    await call('invoices.add', invoice);
  });

  it('know a number of any year: an old one by its code and number together', async () => {
    const { call, refused } = open();
    await call('requests.save', request);
    await call('requests.save', { ...request, requestId: 'SF2', billingCycle: '2023-05' });
    const old = { ...invoice, number: '12345678', code: '044002300111', date: '2023-06-05', requestId: 'SF2' };
    await call('invoices.add', old);
    const again = await refused('invoices.add', { ...old, date: '2025-11-05', requestId: 'SF1' });
    expect(again.code).toBe('invoice.shared');
    expect(again.message.zh).toContain('SF2');
    expect((await refused('invoices.add', { ...old, date: '2025-11-05', requestId: undefined })).message.zh).toContain('2023-06-05');
    await call('invoices.add', { ...old, code: '044002500111', date: '2025-11-05', requestId: 'SF1' });
    expect((await call('invoices.list', {})).invoices).toHaveLength(2);
    expect((await refused('invoices.tie', { number: '12345678', code: '044002300111', requestId: 'SF1' })).code).toBe('invoice.shared');
  });

  it('refuse a future date by today’s clock', async () => {
    const { refused } = open();
    expect((await refused('invoices.add', { ...invoice, date: '2999-01-01' })).code).toBe('invoice.date');
  });

  it('refuse a request whose amount or rate cannot be read', async () => {
    const { refused } = open();
    expect((await refused('requests.save', { ...request, amount: '12,3x' })).code).toBe('request.amount');
    expect((await refused('requests.save', { ...request, taxRate: 'six' })).code).toBe('request.rate');
  });

  it('refuse a typed status that the vendor does not have and a date that is none, and keep what a file says', async () => {
    const { call, files, refused } = open();
    const wrong = await refused('requests.save', { ...request, status: '审合中' });
    expect([wrong.code, wrong.message.zh]).toEqual(['request.status', expect.stringContaining('待伙伴开票、审核中、驳回')]);
    expect((await refused('requests.save', { ...request, appliedAt: '2025-02-30' })).code).toBe('request.date');
    const { request: typed } = await call('requests.save', { ...request, status: ' 审核中 ', appliedAt: '2025-10-20' });
    expect(typed).toMatchObject({ status: '审核中', appliedAt: '2025-10-20' });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, '申付单.csv');
    fs.writeFileSync(file, '申付单号,对账期次,激励账单ID,申付金额,状态\nSF9,2025-09,JL9,100,门户的新状态\n');
    await call('imports.commit', { tokens: [files.register(file)] });
    await vi.waitFor(async () => expect((await call('requests.list', {})).requests).toHaveLength(2), { timeout: 300_000 });
    const { requests } = await call('requests.list', {});
    const { requestId, billingCycle, status } = requests.find((one) => one.requestId === 'SF9')!;
    const kept = await call('requests.save', {
      requestId,
      billingCycle,
      incentiveBillIds: ['JL9'],
      amount: '100',
      status,
      mailbox: 'a@b.cn',
    });
    expect(kept.request).toMatchObject({ status: '门户的新状态', mailbox: 'a@b.cn' });
  });
});

describe('the basis of a request', () => {
  const summary = '激励账单ID,对账期次,激励名称,激励金额,状态\nJL1,2025-09,经销激励,6000,待确认\nJL2,2025-09,新客激励,4000,待确认\n';

  it('is what its incentive bills come to, converted from the product’s tax to the partner’s; told only where all of it is known', async () => {
    const { call, files, refused } = open();
    await call('requests.save', { ...request, amount: '9716.97', incentiveBillIds: ['JL1', 'JL2'], taxRate: '3%' });
    const before = (await call('requests.basis', { requestId: 'SF1' })).basis;
    expect(before).toEqual({ requestId: 'SF1', bills: [{ id: 'JL1', name: '' }, { id: 'JL2', name: '' }], taxRate: '3%', productTaxRate: '', amount: '9716.97000000' }); // prettier-ignore
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, '激励汇总.csv');
    fs.writeFileSync(file, summary);
    await call('imports.commit', { tokens: [files.register(file)] });
    expect((await call('requests.basis', { requestId: 'SF1' })).basis).not.toHaveProperty('expected');
    await call('requests.save', { ...request, amount: '9716.97', incentiveBillIds: ['JL1', 'JL2'], taxRate: '3%', productTaxRate: '6%' });
    expect((await call('requests.basis', { requestId: 'SF1' })).basis).toEqual({
      requestId: 'SF1',
      bills: [
        { id: 'JL1', name: '经销激励', amount: '6000.00000000' },
        { id: 'JL2', name: '新客激励', amount: '4000.00000000' },
      ],
      taxRate: '3%',
      productTaxRate: '6%',
      amount: '9716.97000000',
      incentive: '10000.00000000',
      expected: '9716.98000000',
      difference: '-0.01000000',
    });
    await call('requests.save', { ...request, amount: '9716.97', incentiveBillIds: ['JL1', 'JL2'], payoutMode: '记欠票' });
    const { basis } = await call('requests.basis', { requestId: 'SF1' });
    expect(basis).toMatchObject({ expected: '10000.00000000', difference: '-283.03000000', noInvoiceFor: '记欠票' });
    expect((await refused('requests.basis', { requestId: 'SF404' })).code).toBe('request.unknown');
  });
});

describe('printing', () => {
  it('logs each print and marks the next one as a reprint; a preview logs nothing', async () => {
    const { call, files } = open();
    await call('requests.save', request);
    await call('invoices.add', invoice);
    const preview = await call('invoices.print', { requestIds: ['SF1'], preview: true });
    expect((await call('requests.list', {})).requests[0]!.printedTimes).toBe(0);
    const first = await call('invoices.print', { requestIds: ['SF1'] });
    const second = await call('invoices.print', { requestIds: ['SF1', 'SF1'] });
    expect((await call('requests.list', {})).requests[0]!.printedTimes).toBe(2);
    expect([preview.name, first.name, second.name]).toEqual([
      '开票清单-SF1-预览.pdf',
      '开票清单-SF1-000001.pdf',
      '开票清单-SF1-000002.pdf',
    ]);
    for (const { token } of [preview, first, second]) expect(fs.readFileSync(files.resolve(token)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('refuses a request that is one cent off, without logging', async () => {
    const { call, refused } = open();
    await call('requests.save', { ...request, amount: '1060.01' });
    await call('invoices.add', invoice);
    for (const preview of [true, false]) {
      const error = await refused('invoices.print', { requestIds: ['SF1'], preview });
      expect(error).toMatchObject({
        code: 'invoice-list.difference',
        details: { requestId: 'SF1', invoiced: '1060.00000000', amount: '1060.01000000', difference: '-0.01000000' },
      });
      expect(error.message.zh).toContain('-0.01');
    }
    expect((await call('requests.list', {})).requests[0]!.printedTimes).toBe(0);
  });

  it('refuses a request without invoices, unless the numbers are written by hand', async () => {
    const { call, refused } = open();
    await call('requests.save', request);
    expect((await refused('invoices.print', { requestIds: ['SF1'] })).code).toBe('invoice-list.no-invoices');
    expect((await refused('invoices.print', { requestIds: ['SF404'] })).code).toBe('request.unknown');
    await call('invoices.print', { requestIds: ['SF1'], emptyNumbers: true });
  });

  it('refuses characters that the font cannot show', async () => {
    const { call, refused } = open();
    await call('requests.save', { ...request, buyerName: '笑😀公司' });
    await call('invoices.add', invoice);
    expect(await refused('invoices.print', { requestIds: ['SF1'] })).toMatchObject({
      code: 'invoice-list.characters',
      details: { characters: ['😀'] },
    });
  });
});
