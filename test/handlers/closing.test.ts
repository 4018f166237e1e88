import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApp, requestFile, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
const closers = { billingCycle, preparedBy: ' 王芳', reviewedBy: '李娜' };

/** A workspace with a reconciled month. */
async function reconciled(): Promise<OpenedApp> {
  const app = openApp();
  await app.import('2025-09.csv', requestFile(billingCycle, '106.00'));
  await app.call('month.reconcile', { billingCycle });
  return app;
}
async function closed(): Promise<OpenedApp> {
  const app = await reconciled();
  await app.call('month.close', closers);
  return app;
}
const monthOf = async (app: OpenedApp) => (await app.call('months.list', {})).months.find((month) => month.billingCycle === billingCycle);

describe('a month', () => {
  it('is closed by two persons, once, and shows it', async () => {
    const app = await reconciled();
    expect(await monthOf(app)).not.toHaveProperty('closed');
    const { closed: by } = await app.call('month.close', closers);
    expect(by).toMatchObject({ preparedBy: '王芳', reviewedBy: '李娜' });
    expect((await monthOf(app))?.closed).toEqual(by);
    expect((await app.call('month.status', { billingCycle })).closed).toEqual(by);
    expect(app.events.at(-1)).toEqual({ event: 'changed', payload: { areas: ['months'] } });
    expect((await app.refused('month.close', closers)).code).toBe('month.closed');
  });

  it('is not closed by one person, nor before it is reconciled, nor on changed inputs', async () => {
    const app = openApp();
    await app.import('2025-09.csv', requestFile(billingCycle, '106.00'));
    expect((await app.refused('month.close', { ...closers, reviewedBy: '王　芳' })).code).toBe('close.same-person');
    expect((await app.refused('month.close', closers)).code).toBe('not-reconciled');
    await app.call('month.reconcile', { billingCycle });
    await app.import('2025-08.csv', requestFile('2025-08', '1.00'));
    expect((await app.refused('month.close', closers)).code).toBe('not-reconciled');
    expect(await monthOf(app)).not.toHaveProperty('closed');
  });

  it('is opened again with a reason, and closed anew', async () => {
    const app = await closed();
    expect((await app.refused('month.reopen', { billingCycle, reason: ' ' })).code).toBe('reopen.reason');
    await app.call('month.reopen', { billingCycle, reason: '补一份账单' });
    expect(await monthOf(app)).not.toHaveProperty('closed');
    expect((await app.refused('month.reopen', { billingCycle, reason: '再来' })).code).toBe('month.not-closed');
    await app.call('month.reconcile', { billingCycle });
    await app.call('month.close', closers);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
  });
});

describe('a closed month', () => {
  it('takes in no file with its rows, and says what to do; the other files are imported', async () => {
    const app = await closed();
    const refused = await app.import('again.csv', requestFile(billingCycle, '107.00'));
    expect(refused).toMatchObject({ status: 'refused', reasonCode: 'month.closed' });
    expect(refused.reason).toContain(`${billingCycle} 已结账`);
    expect(refused.reason).toContain(`重新打开 ${billingCycle}`);
    expect(await app.import('2025-10.csv', requestFile('2025-10', '1.00'))).toMatchObject({ status: 'imported' });
    const { requests } = await app.call('requests.list', { billingCycle });
    expect(requests.map(({ amount }) => amount)).toEqual(['106.00000000']);
  });

  it('says so in the preview already, of a file with other months too', async () => {
    const app = await closed();
    const file = path.join(app.folder, 'both.csv');
    fs.writeFileSync(file, `${requestFile('2025-10', '1.00')}SFX,${billingCycle},JL1,2.00,6%,CNY\n`);
    const { files } = await app.call('imports.preview', { tokens: [app.files.register(file)] });
    expect(files).toMatchObject([{ status: 'refused', reasonCode: 'month.closed' }]);
  });

  it('keeps its result whatever comes later', async () => {
    const app = await closed();
    const before = await app.call('month.bridges', { billingCycle });
    await app.import('2025-10.csv', requestFile('2025-10', '1.00'));
    const { note } = await app.call('settings.set', { key: 'creditCounts', value: 'false' });
    expect(note?.zh).toContain(billingCycle);
    expect(await monthOf(app)).toMatchObject({ reconciled: 'yes' });
    expect(await app.call('month.bridges', { billingCycle })).toEqual(before);
    expect((await app.refused('month.reconcile', { billingCycle })).code).toBe('month.closed');
    await app.call('month.reopen', { billingCycle, reason: '口径变了' });
    expect(await monthOf(app)).toMatchObject({ reconciled: 'stale' });
  });

  it('keeps the imports that it rests on; later ones can be taken back', async () => {
    const app = await closed();
    await app.import('2025-10.csv', requestFile('2025-10', '1.00'));
    const { imports } = await app.call('imports.list', {});
    const idOf = (cycle: string): string => imports.find(({ billingCycles }) => billingCycles.includes(cycle))!.importId;
    const refused = await app.refused('imports.undo', { importId: idOf(billingCycle) });
    expect(refused).toMatchObject({ code: 'month.closed', details: { billingCycles: [billingCycle] } });
    await app.call('imports.undo', { importId: idOf('2025-10') });
    await app.call('month.reopen', { billingCycle, reason: '撤销' });
    await app.call('imports.undo', { importId: idOf(billingCycle) });
  });
});
