import { expect, test } from 'vitest';
import { run, type Answers } from './cli-terminal.ts';

const deadline = {
  subject: 'incentive-notice',
  name: { zh: '激励公示期', en: 'Incentive notice' },
  date: '2025-10-12',
  daysLeft: 3,
  open: 2,
  openAmount: '-0.00000000',
};
const listed = { billingCycle: '2025-09', today: '2025-10-09', deadlines: [{ ...deadline, openAmount: '8.00000000' }] };
const repaid = {
  billingCycle: '2025-09',
  repayments: [{ account: 'credit', flow: 'X1', at: '2025-10-09 10:00:00', detail: '还款', amount: '300.00000000', allotted: true }],
};
const answers: Answers = {
  'deadlines.list': () => ({ ...listed, deadlines: [] }),
  'deadlines.set': () => listed,
  'deadlines.remove': () => ({ ...listed, deadlines: [{ ...deadline, daysLeft: -4 }] }),
  'repayments.list': () => repaid,
  'repayments.allot': () => repaid,
};

test('deadlines are listed, typed and removed', async () => {
  const set = await run(['deadlines', '2025-09', 'set', 'incentive-notice', '2025-10-12', '--json'], { answers });
  expect(set.calls).toEqual([['deadlines.set', { billingCycle: '2025-09', subject: 'incentive-notice', date: '2025-10-12' }]]);
  expect(JSON.parse(set.out)).toEqual(listed);
  const shown = await run(['deadlines', '2025-09', 'set', 'incentive-notice', '2025-10-12'], { answers });
  expect(shown.out).toMatch(/激励公示期\s+2025-10-12\s+还有 3 天\s+待反馈 2 条\s+8\.00/);
  const removed = await run(['deadlines', '2025-09', 'remove', 'incentive-notice', '--lang', 'en'], { answers });
  expect(removed.calls[0]).toEqual(['deadlines.remove', { billingCycle: '2025-09', subject: 'incentive-notice' }]);
  expect(removed.out).toContain('4 days ago');
  expect((await run(['deadlines', '2025-09'], { answers })).out).toContain('还没有填写期限');
});

test('repayments are listed and allotted', async () => {
  const given = await run(['repayments', '2025-09', 'allot', 'credit', 'X1'], { answers });
  expect(given.calls).toEqual([['repayments.allot', { billingCycle: '2025-09', account: 'credit', flow: 'X1', allotted: true }]]);
  expect(given.out).toMatch(/credit\s+X1\s+2025-10-09 10:00:00\s+还款\s+300\.00\s+还这个月/);
  const back = await run(['repayments', '2025-09', 'take-back', 'credit', 'X1', '--json'], { answers });
  expect(back.calls[0]?.[1]).toMatchObject({ allotted: false });
  expect(JSON.parse((await run(['repayments', '2025-09', '--json'], { answers })).out)).toEqual(repaid);
});

test.each([
  ['deadlines'],
  ['deadlines', 'September'],
  ['deadlines', '2025-09', 'set', 'incentive-notice'],
  ['deadlines', '2025-09', 'remove'],
  ['deadlines', '2025-09', 'remove', 'a', 'b'],
  ['deadlines', '2025-09', 'clear'],
  ['repayments', '2025-09', 'allot', 'credit'],
  ['repayments', '2025-09', 'allot', 'credit', 'X1', 'X2'],
])('%s %s %s %s is refused without touching a workspace', async (...argv) => {
  const { code, calls, opened } = await run(argv.filter(Boolean), { answers });
  expect([code, calls, opened]).toEqual([2, [], []]);
});
