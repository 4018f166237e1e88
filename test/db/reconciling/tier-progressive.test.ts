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
