import { expect, test } from 'vitest';
import { yuan } from '../rows.ts';
import { pay, run, state, workspace } from './tier-builder.ts';

test('a progressive plan: another tier is a wrong tier, the printed rate is checked, and the reason is the sum of the slices', () => {
  const db = workspace();
  state(db, '6000');
  const row = pay(db, 'r', '6000', '2', '110');
  const found = () => run(db, { tierMethodByPlan: { T: 'progressive' } });
  const stating = (rate: string, amount: string) => {
    db.prepare('UPDATE incentive SET rate = ?, amount = ? WHERE id = ?').run(yuan(rate) / 100n, yuan(amount), row);
    return found();
  };
  expect(found().brief).toEqual([['incentive.tier', 'r', yuan('120'), yuan('110')]]);
  const sum = '基数 6,000.00（1,000.00 × 1% + 4,000.00 × 2% + 1,000.00 × 3%）';
  expect(found().findings[0]?.reason.zh).toBe(`“T”应达阶梯 3%，对方按 2%，${sum}；激励应为 120.00，对方 110.00，少 10.00。`);
  expect(stating('4', '240').brief).toEqual([['incentive.rate', 'r', yuan('120'), yuan('240')]]);
  expect(stating('3', '119').findings[0]?.reason.zh).toBe(`“T”${sum}，激励应为 120.00，对方 119.00，少 1.00。`);
  // 120.00 is 3 % of the last slice, and 2 % of the whole base.
  expect([stating('3', '120').brief, stating('2', '120').brief]).toEqual([[], []]);
  db.prepare('DELETE FROM incentive').run();
  pay(db, 'other', null, null, '0', { plan_name: 'U', performance_id: 'x' });
  const missing = found().findings.find((f) => f.code === 'incentive.missing');
  expect(missing?.reason.zh).toContain('业绩 6,000.00（1,000.00 × 1% + 4,000.00 × 2% + 1,000.00 × 3%）应得激励 120.00');
});

test('a base that is just at a threshold earns the rate below it, and the reason says so', () => {
  const progressive = { tierMethod: 'progressive' } as const;
  const db = workspace();
  state(db, '1000');
  pay(db, 'r', '1000', '2', '20');
  expect(run(db, progressive).findings[0]?.reason.zh).toBe('“T”基数 1,000.00（1,000.00 × 1%），激励应为 10.00，对方 20.00，多 10.00。');
  const first = workspace(['1000', '1']);
  state(first, '1000');
  pay(first, 'r', '1000', '1', '10');
  const [found] = run(first, progressive).findings;
  expect(found?.reason.zh).toBe('“T”基数 1,000.00（没有超过门槛的部分），激励应为 0.00，对方 10.00，多 10.00。');
  expect(found?.reason.en).toBe(
    'T: base 1,000.00 (nothing of it above a threshold): the incentive should be 0.00, stated 10.00: 10.00 too much.',
  );
});

test('of nothing, nothing is paid, whichever rate is printed beside it', () => {
  for (const [boundary, rate] of [
    ['atLeast', '0'],
    ['moreThan', '1'],
    ['moreThan', '0'],
  ] as const) {
    const db = workspace();
    state(db, '0');
    pay(db, 'r', '0', rate, '0');
    expect(run(db, { tierBoundary: boundary }).brief).toEqual([]);
  }
});

test('a row that stands twice is too much by its base alone, by slices as by one rate', () => {
  for (const tierMethod of ['whole', 'progressive'] as const) {
    const db = workspace();
    state(db, '6000');
    const paid = tierMethod === 'whole' ? '180' : '120';
    for (const id of ['r1', 'r2']) pay(db, id, '6000', null, paid);
    const { brief, findings } = run(db, { tierMethod });
    expect(brief).toEqual([['incentive.base', 'r2', 0n, yuan(paid)]]);
    expect(findings[0]!.reason.zh).not.toContain('其中');
  }
});
