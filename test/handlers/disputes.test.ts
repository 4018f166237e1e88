import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook, valuesOf } from '../exporting/reading.ts';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
let app: OpenedApp;
beforeAll(async () => {
  app = openApp(afterAll);
  await app.call('sample.import', {});
  await app.call('month.reconcile', { billingCycle });
});

const first = async () => (await app.call('disputes.page', { billingCycle, limit: 3 })).findings;
const one = async (key: string) => {
  const { findings, at } = await app.call('disputes.page', { find: key });
  return findings[at!]!;
};

it('what was given and what came back is stored as it is typed, and taken back', async () => {
  const { key } = (await first())[0]!;
  const said = { sentOn: '2025/10/9', sentBy: ' 王芳 ', answeredOn: '20251012', answer: '下月补退', recovered: '￥1,234.5' } as const;
  expect(await app.call('findings.mark', { keys: [key], ...said, status: 'answered' })).toEqual({ changed: 1 });
  expect(await one(key)).toMatchObject({
    status: 'answered',
    sentOn: '2025-10-09',
    sentBy: '王芳',
    answeredOn: '2025-10-12',
    answer: '下月补退',
    recovered: '1234.50000000',
  });
  expect((await app.call('disputes.page', { view: 'answered' })).recovered).toBe('1234.50000000');
  await app.call('findings.mark', { keys: [key], sentOn: '', sentBy: '', answeredOn: null, answer: '', recovered: null, status: 'open' });
  for (const name of ['sentOn', 'sentBy', 'answeredOn', 'answer', 'recovered']) expect(await one(key)).not.toHaveProperty(name);
});

it('a day that has not come, an answer before it was sent, and what is no amount or day are refused, and nothing is stored', async () => {
  const { key } = (await first())[0]!;
  const refused = async (said: object) => {
    const { code, message } = await app.refused('findings.mark', { keys: [key], ...said });
    expect(message.zh).not.toBe('');
    expect(message.en).not.toBe('');
    return code;
  };
  expect(await refused({ sentOn: '2999-01-01' })).toBe('dispute.date');
  expect(await refused({ answeredOn: '下周' })).toBe('dispute.date');
  expect(await refused({ recovered: '很多' })).toBe('dispute.amount');
  expect(await refused({ sentOn: '2025-10-09', answeredOn: '2025-10-08' })).toBe('dispute.answered-early');
  expect(await one(key)).not.toHaveProperty('sentOn');
  await app.call('findings.mark', { keys: [key], sentOn: '2025-10-09' });
  expect(await refused({ answeredOn: '2025-10-08' })).toBe('dispute.answered-early');
  await app.call('findings.mark', { keys: [key], sentOn: null });
});

it('a pack of chosen disputes has these and no other, sent ones too; none of another month and no mistake of our own', async () => {
  const [a, , c] = await first();
  const keys = [c!.key, a!.key];
  await app.call('findings.mark', { keys: [a!.key], status: 'disputed' });
  const pack = await app.call('month.dispute', { billingCycle, keys });
  expect(pack.keys).toEqual([a!.key, c!.key]);
  const book = await readWorkbook(app.files.resolve(pack.files[0]!.token));
  expect(valuesOf(book.getWorksheet('差异')).slice(1).map((row) => row.at(-1))).toEqual(pack.keys); // prettier-ignore
  expect((await app.refused('month.dispute', { billingCycle, keys: ['bill.total|2025-08'] })).code).toBe('finding.unknown');
  await app.call('findings.mark', { keys: [a!.key], status: 'open' });
});

it('the list is paged, sorted and searched as findings are', async () => {
  const asked = { billingCycle, sort: 'amount', descending: true } as const;
  const all = await app.call('disputes.page', asked);
  const sizes = all.findings.map((f) => Math.abs(Number(f.difference)));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  const second = await app.call('disputes.page', { ...asked, offset: 1, limit: 2 });
  expect(second.findings).toEqual(all.findings.slice(1, 3));
  expect(second.total).toBe(all.total);
  const { manager } = all.findings.find((f) => f.manager !== undefined)!;
  const found = await app.call('disputes.page', { ...asked, search: manager });
  // Reasons that name the manager are found too.
  const keys = found.findings.map((f) => f.key);
  expect(keys).toEqual(expect.arrayContaining(all.findings.filter((f) => f.manager === manager).map((f) => f.key)));
  expect(keys.length).toBeLessThan(all.total);
});

/** A finding that was sent, answered, and then sent once more. */
async function sentTwice(): Promise<string> {
  const { key } = (await first())[1]!;
  const said = { sentOn: '2025-10-09', sentBy: '王芳', answeredOn: '2025-10-11', answer: '格式不符，退回', status: 'answered' } as const;
  await app.call('findings.mark', { keys: [key], ...said });
  await app.call('findings.mark', { keys: [key], again: true, sentOn: '2025-10-12', sentBy: '李娜' });
  return key;
}
const before = { sentOn: '2025-10-09', sentBy: '王芳', answeredOn: '2025-10-11', answer: '格式不符，退回' };

it('what is sent once more keeps the sending before with its answer, and waits for an answer again; taken back, the one before stands again', async () => {
  const key = await sentTwice();
  const again = await one(key);
  expect(again).toMatchObject({ status: 'disputed', sentOn: '2025-10-12', sentBy: '李娜', earlier: [before] });
  for (const name of ['answeredOn', 'answer']) expect(again).not.toHaveProperty(name);
  await app.call('findings.mark', { keys: [key], again: true, sentOn: '2025-10-12' });
  expect((await one(key)).earlier, 'the same day without an answer is the same sending').toEqual([before]);
  await app.call('findings.mark', { keys: [key], answeredOn: '2025-10-20', answer: '已补', status: 'answered' });
  await app.call('findings.mark', { keys: [key], again: true });
  const third = await one(key);
  expect(third.sentOn).toBe((await app.call('disputes.page', { find: key })).today);
  expect(third.earlier).toEqual([before, { sentOn: '2025-10-12', sentBy: '李娜', answeredOn: '2025-10-20', answer: '已补' }]);
  expect((await app.call('disputes.page', { search: '格式不符' })).findings.map((f) => f.key)).toEqual([key]);
  await app.call('findings.mark', { keys: [key], sentOn: null, status: 'open' });
  expect(await one(key)).toMatchObject({ status: 'answered', sentOn: '2025-10-12', answer: '已补', earlier: [before] });
  await app.call('findings.mark', { keys: [key], sentOn: '' });
  expect(await one(key)).toMatchObject({ status: 'answered', ...before });
  expect(await one(key)).not.toHaveProperty('earlier');
  await app.call('findings.mark', { keys: [key], sentOn: null, sentBy: '', answeredOn: null, answer: '', status: 'open' });
  expect(await one(key)).toMatchObject({ status: 'open' });
});

it('nothing is sent once more before it was sent last, nor answered before it', async () => {
  const key = await sentTwice();
  const refused = async (said: object) => (await app.refused('findings.mark', { keys: [key], ...said })).code;
  expect(await refused({ again: true, sentOn: '2025-10-10' })).toBe('dispute.again-early');
  expect(await refused({ again: true, sentOn: '2025-10-14', answeredOn: '2025-10-13' })).toBe('dispute.answered-early');
  expect((await one(key)).earlier).toEqual([before]);
  await app.call('findings.mark', { keys: [key], sentOn: null });
  await app.call('findings.mark', { keys: [key], sentOn: null, sentBy: '', answeredOn: null, answer: '', status: 'open' });
});

it('every sending outlives another run, is in the workbooks, and comes back from a backup', async () => {
  const key = await sentTwice();
  await app.import('改.csv', '客户ID,客户经理,生效日期\nx,谁,2025-01-01\n');
  await app.call('month.reconcile', { billingCycle });
  expect(await one(key)).toMatchObject({ sentOn: '2025-10-12', earlier: [before] });
  const rounds = [
    [1, '2025-10-09', '王芳', '2025-10-11', '格式不符，退回'],
    [2, '2025-10-12', '李娜', null, null],
  ];
  const sheetOf = async (token: string, name: string) => {
    const [head, ...rows] = valuesOf((await readWorkbook(app.files.resolve(token))).getWorksheet(name));
    return rows
      .filter((row) => row.includes(key))
      .map((row) => ['第几次', '反馈日期', '反馈人', '答复日期', '对方答复'].map((title) => row[head!.indexOf(title)] ?? null));
  };
  const pack = await app.call('month.dispute', { billingCycle, keys: [key] });
  expect(await sheetOf(pack.files[0]!.token, '反馈记录')).toEqual(rounds);
  const report = await app.call('month.report', { billingCycle, language: 'zh' });
  expect(await sheetOf(report.token, '反馈记录')).toEqual(rounds);
  const backup = await app.call('workspace.backup', {});
  await app.call('findings.mark', { keys: [key], sentOn: null });
  expect(await one(key)).not.toHaveProperty('earlier');
  await app.call('workspace.restore', { token: backup.token });
  expect(await one(key)).toMatchObject({ sentOn: '2025-10-12', earlier: [before] });
});
