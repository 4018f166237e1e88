import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from './opened-app.ts';

const request = { requestId: 'SF1', billingCycle: '2025-09', amount: '1060.00' };

async function withRequest(): Promise<OpenedApp> {
  const app = openApp();
  await app.call('requests.save', request);
  return app;
}

function journal({ workspace }: OpenedApp): { action: string; detail: Record<string, unknown> }[] {
  const db = new Database(path.join(workspace, 'hezhang.db'), { readonly: true });
  try {
    const rows = db.prepare("SELECT action, detail FROM journal WHERE action LIKE 'request.%' ORDER BY id").all();
    return (rows as { action: string; detail: string }[]).map(({ action, detail }) => ({
      action,
      detail: JSON.parse(detail) as Record<string, unknown>,
    }));
  } finally {
    db.close();
  }
}

describe('what happens after mailing', () => {
  it('is entered, shown with the promise date, and tells the window', async () => {
    const app = await withRequest();
    await app.call('requests.enter', { requestId: 'SF1', kind: 'mailed', on: '2025-10-08', courier: '顺丰', tracking: 'SF 1234' });
    const { progress } = await app.call('requests.enter', { requestId: 'SF1', kind: 'received', on: '2025-10-10' });
    expect(progress).toMatchObject({
      requestId: 'SF1',
      stage: 'underReview',
      stageName: { zh: '已签收/审核中' },
      since: '2025-10-10',
      courier: '顺丰',
      tracking: 'SF1234',
      sentOn: '2025-10-08',
      receivedOn: '2025-10-10',
      promise: '2025-10-25',
      overdue: true,
      amount: '1060.00000000',
      received: '0.00000000',
      outstanding: '1060.00000000',
    });
    expect(progress.entries.map(({ kind }) => kind)).toEqual(['mailed', 'received']);
    expect(app.events.at(-1)).toEqual({ event: 'changed', payload: { areas: ['requests', 'months'] } });
    await app.call('settings.set', { key: 'paymentDays', value: '30' });
    expect((await app.call('requests.progress', { requestId: 'SF1' })).progress.promise).toBe('2025-11-09');
    expect((await app.refused('settings.set', { key: 'paymentDays', value: '1.5' })).code).toBe('setting.refused');
  });

  it('keeps what was corrected or removed, and the journal tells', async () => {
    const app = await withRequest();
    const first = await app.call('requests.enter', { requestId: 'SF1', kind: 'payment', on: '2025-11-01', amount: '160' });
    const wrong = first.progress.entries[0]!.id;
    const fixed = await app.call('requests.correct', {
      id: wrong,
      kind: 'payment',
      on: '2025-11-01',
      amount: '1060.00',
      reason: '少写一位',
    });
    expect(fixed.progress).toMatchObject({ stage: 'paid', received: '1060.00000000', outstanding: '0.00000000' });
    const [now] = fixed.progress.entries;
    expect(fixed.progress.removed).toMatchObject([{ id: wrong, amount: '160.00000000', removedWhy: '少写一位', replacedBy: now!.id }]);
    const { progress } = await app.call('requests.strike', { id: now!.id, reason: '记错申付单' });
    expect(progress).toMatchObject({ stage: 'toInvoice', entries: [], received: '0.00000000' });
    expect(progress.removed).toHaveLength(2);
    expect(journal(app).map(({ action }) => action)).toEqual(['request.save', 'request.enter', 'request.correct', 'request.strike']);
    expect(journal(app)[2]!.detail).toMatchObject({ was: { amount: '160.00000000' }, amount: '1060.00000000', reason: '少写一位' });
    expect((await app.refused('requests.strike', { id: now!.id })).code).toBe('entry.unknown');
    expect((await app.refused('requests.correct', { id: 99, kind: 'passed', on: '2025-11-01' })).code).toBe('entry.unknown');
  });

  it('refuses what cannot be: an unknown request, a future day, a rejection without reason', async () => {
    const app = await withRequest();
    expect((await app.refused('requests.enter', { requestId: 'SF2', kind: 'passed', on: '2025-11-01' })).code).toBe('request.unknown');
    expect((await app.refused('requests.progress', { requestId: 'SF2' })).code).toBe('request.unknown');
    expect((await app.refused('requests.enter', { requestId: 'SF1', kind: 'passed', on: '2999-01-01' })).code).toBe('entry.date');
    const error = await app.refused('requests.enter', { requestId: 'SF1', kind: 'rejected', on: '2025-11-31', tracking: 'x' });
    expect(error).toMatchObject({ code: 'entry.date', details: { problems: [{ field: 'on' }, { field: 'tracking' }, { field: 'note' }] } });
  });

  it('says about when a withdrawal comes', async () => {
    const app = await withRequest();
    const { progress } = await app.call('requests.enter', { requestId: 'SF1', kind: 'withdrawal', on: '2025-11-03', amount: '500' });
    expect(progress.entries).toMatchObject([{ kind: 'withdrawal', amount: '500.00000000', expectedOn: '2025-11-12' }]);
    expect(progress.stage).toBe('toInvoice');
  });
});

describe('the board', () => {
  it('has every request of every month in its stage, with sums', async () => {
    const app = await withRequest();
    await app.import(
      'SF.csv',
      '申付单号,对账期次,申付金额,状态\nSF2,2025-08,200.00,待伙伴开票\nSF3,2025-08,300.00,审核中\nSF4,2025-07,400.00,已完成\n',
    );
    await app.call('requests.enter', { requestId: 'SF4', kind: 'payment', on: '2025-09-01', amount: '399.99' });
    const board = await app.call('requests.board', {});
    expect(board.requests.map(({ requestId, stage }) => `${requestId} ${stage}`)).toEqual([
      'SF2 toInvoice',
      'SF1 toInvoice',
      'SF3 underReview',
      'SF4 paid',
    ]);
    expect(board.stages.filter(({ count }) => count > 0)).toMatchObject([
      { stage: 'toInvoice', count: 2, totals: [{ currency: 'CNY', requested: '1260.00000000' }] },
      { stage: 'underReview', count: 1, totals: [{ requested: '300.00000000' }] },
      { stage: 'paid', count: 1, totals: [{ requested: '400.00000000', received: '399.99000000' }] },
    ]);
    expect(board.requests.at(-1)?.notes[0]?.en).toContain('399.99');
    expect(board.stages).toHaveLength(10);
  });
});

describe('labels and lists', () => {
  it('carry the parcel that is entered, and are logged apart', async () => {
    const app = await withRequest();
    expect((await app.refused('requests.labels', { requestIds: ['SF1'] })).code).toBe('label.no-address');
    expect((await app.refused('requests.labels', { requestIds: ['SF9'] })).code).toBe('request.unknown');
    await app.call('requests.save', {
      ...request,
      mailingAddress: '示例市示例路 1 号',
      recipient: '李示例',
      recipientPhone: '13800138000',
    });
    expect((await app.call('requests.list', {})).requests[0]).toMatchObject({ recipient: '李示例', recipientPhone: '13800138000' });
    const preview = await app.call('requests.labels', { requestIds: ['SF1'], preview: true });
    const label = await app.call('requests.labels', { requestIds: ['SF1'], size: '100x150' });
    expect([preview.name, label.name]).toEqual(['地址标签-SF1-预览.pdf', '地址标签-SF1-000001.pdf']);
    expect((await app.call('requests.list', {})).requests[0]?.printedTimes).toBe(0);
    const list = await app.call('invoices.print', { requestIds: ['SF1'], emptyNumbers: true });
    expect(list.name).toBe('开票清单-SF1-000002.pdf');
    expect((await app.call('requests.list', {})).requests[0]?.printedTimes).toBe(1);
  });

  it('read a notice for confirmation only', async () => {
    const app = openApp();
    const text = '购方名称：示例有限公司\n邮寄地址：示例市示例路 1 号';
    const { fields, notes } = await app.call('requests.readNotice', { text });
    expect(fields.map(({ field, start, end }) => [field, text.slice(start, end)])).toEqual([
      ['buyerName', '示例有限公司'],
      ['mailingAddress', '示例市示例路 1 号'],
    ]);
    expect(notes.map(({ zh }) => zh)).toEqual(['没有读到购方税号']);
    expect((await app.call('requests.list', {})).requests).toEqual([]);
  });
});
