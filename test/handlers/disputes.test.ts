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
