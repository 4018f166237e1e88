import { expect, test } from 'vitest';
import { openApp } from './opened-app.ts';

const billingCycle = '2025-09';

test('dates are typed, listed with the days left, overwritten and removed; each stands in the journal', async () => {
  const app = openApp();
  const nothing = await app.call('deadlines.list', { billingCycle });
  expect(nothing).toMatchObject({ billingCycle, deadlines: [] });
  await app.call('deadlines.set', { billingCycle, subject: ' 专职人员  激励 ', date: '20251201' });
  await app.call('deadlines.set', { billingCycle, subject: 'incentive-notice', date: '2025-10-20' });
  await app.call('deadlines.set', { billingCycle, subject: 'performance-notice', date: nothing.today });
  await app.call('deadlines.set', { billingCycle: '2025-10', subject: 'performance-notice', date: '2025-11-09' });
  const { deadlines } = await app.call('deadlines.set', { billingCycle, subject: 'incentive-notice', date: '2025/10/9' });
  expect(deadlines.map((d) => [d.subject, d.name.zh, d.date])).toEqual([
    ['performance-notice', '业绩公示期', nothing.today],
    ['incentive-notice', '激励公示期', '2025-10-09'],
    ['专职人员 激励', '专职人员 激励', '2025-12-01'],
  ]);
  expect(deadlines[0]).toMatchObject({ daysLeft: 0, open: 0, openAmount: '0.00000000' });
  expect(deadlines[1]!.daysLeft).toBeLessThan(0);
  const left = await app.call('deadlines.remove', { billingCycle, subject: 'incentive-notice' });
  expect(left.deadlines.map((d) => d.subject)).toEqual(['performance-notice', '专职人员 激励']);
  expect(app.events).toContainEqual({ event: 'changed', payload: { areas: ['months'] } });
});

test('what is no date, no subject or not there is refused, and says what to write', async () => {
  const app = openApp();
  for (const date of ['', '9 月底', '2025-02-30', '2025-13-01', '2025-1009', '2025-10']) {
    const refused = await app.refused('deadlines.set', { billingCycle, subject: 'performance-notice', date });
    expect(refused.code).toBe('deadline.date');
    expect(refused.message.zh).toContain('2025-10-09');
  }
  for (const subject of ['  ', 'a|b', '很长'.repeat(21)]) {
    expect((await app.refused('deadlines.set', { billingCycle, subject, date: '2025-10-09' })).code).toBe('deadline.subject');
  }
  expect((await app.refused('deadlines.remove', { billingCycle, subject: 'incentive-notice' })).code).toBe('deadline.unknown');
  expect((await app.call('deadlines.list', { billingCycle })).deadlines).toEqual([]);
});
