import type { Page } from '@playwright/test';
import { expectDrawn } from './drawn-page.ts';
import { expect, test } from './fixtures.ts';

const began = Date.now() + 8 * 3_600_000;
/** The day in GMT+08:00 on which these tests began, less some days. */
const day = (before: number): string => new Date(began - before * 86_400_000).toISOString().slice(0, 10);

async function newRequest(page: Page, id: string, amount: string): Promise<void> {
  await page.getByRole('button', { name: '新建申付单' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('申付单号').fill(id);
  await form.getByLabel('对账期次').fill('2025-09');
  await form.getByLabel('申付金额').fill(amount);
  await form.getByLabel('税率', { exact: true }).fill('6%');
  await form.getByLabel('购方名称').fill('示例购方（虚构）有限公司');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toHaveCount(0);
}

/** Chooses what happened from the form’s list. */
async function choose(page: Page, kind: string): Promise<void> {
  await page.getByRole('combobox', { name: '进展' }).click();
  await page.getByTitle(kind, { exact: true }).last().click();
}

test('a request from the post to the bank: entered with the keys, corrected, removed, seen on the board', async ({ serve }) => {
  const { page } = await serve();
  await page.getByRole('navigation').getByRole('button', { name: '开票' }).click();
  await newRequest(page, 'SF1', '1060');
  await newRequest(page, 'SF2', '2120');
  const progress = page.getByRole('region', { name: 'SF2 的进度' });
  const entries = progress.getByRole('table', { name: '已登记的进展' });
  await expect(progress).toContainText('暂按待开票');

  const requests = page.getByRole('grid', { name: '申付单' });
  await requests.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: '进展' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(day(30));
  await page.keyboard.press('Tab');
  await page.keyboard.type('顺丰速运');
  await page.keyboard.press('Tab');
  await page.keyboard.type('SF 1234 5678');
  await page.keyboard.press('Enter');
  await expect(entries.getByRole('row', { name: /寄出/ })).toContainText('顺丰速运 SF12345678');
  await expect(progress.getByLabel('进展', { exact: true })).toBeFocused();
  await expect(progress).toContainText('已寄出');

  // What usually comes next stands there already; a day that is still to come is refused as one types.
  await progress.getByLabel('日期').fill('2999-01-01');
  await expect(progress.getByRole('alert')).toContainText('在今天');
  await progress.getByLabel('日期').fill(day(28));
  await progress.getByLabel('日期').press('Enter');
  await expect(progress).toContainText('已签收/审核中');
  // Midnight may pass meanwhile.
  await expect(progress).toContainText(/逾期 1[34] 天/);

  await choose(page, '驳回');
  await progress.getByRole('button', { name: '登记', exact: true }).click();
  await expect(progress.getByRole('alert')).toContainText('驳回要写明原因');
  await progress.getByLabel('驳回原因').fill('号码与清单不一致');
  await progress.getByLabel('日期').fill(day(20));
  await progress.getByLabel('日期').press('Enter');
  await expect(entries.getByRole('row', { name: /驳回/ })).toContainText('号码与清单不一致');
  await expect(progress).not.toContainText('逾期');

  // Two payments; the first amount was mistyped and is corrected, a third one is removed.
  for (const [amount, before] of [
    ['1000', 6],
    ['1120', 5],
    ['1', 4],
  ] as const) {
    await choose(page, '到账');
    await progress.getByLabel('日期').fill(day(before));
    await progress.getByLabel('金额').fill(amount);
    await progress.getByLabel('金额').press('Enter');
    await expect(entries.getByRole('row', { name: new RegExp(`${day(before)} 到账`) })).toBeVisible();
  }
  await entries
    .getByRole('row', { name: /1,000\.00/ })
    .getByRole('button', { name: '更正' })
    .click();
  const correction = page.getByRole('form', { name: /^更正/ });
  await correction.getByLabel('金额').fill('1,000.00');
  await correction.getByLabel('更正原因').fill('核对银行回单');
  await correction.getByLabel('日期').fill(day(7));
  await correction.getByRole('button', { name: '保存更正' }).click();
  await expect(entries.getByRole('row', { name: new RegExp(`${day(7)} 到账`) })).toContainText('1,000.00');
  await entries
    .getByRole('row', { name: new RegExp(`${day(4)} 到账`) })
    .getByRole('button', { name: '移除' })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: '移除' }).click();
  await expect(progress).toContainText('已更正或移除的记录（2）');
  await expect(progress).toContainText('已到账2,120.00');

  await page.getByText('钱在哪', { exact: true }).click();
  const board = page.getByRole('grid', { name: '申付单进度' });
  await expect(board.getByRole('row', { name: /SF2 / })).toContainText('已到账');
  await expect(board.getByRole('row', { name: /SF1 / })).toContainText('待开票');
  await expect(page.getByRole('button', { name: /^待开票 ?1/ })).toContainText('1,060.00');
  await expect(page.getByRole('region', { name: '钱在哪' })).toContainText('尚未到账 CNY 1,060.00');
  await page.getByRole('button', { name: /^已到账 ?1/ }).click();
  await expect(board).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('button', { name: /^已到账 ?1/ }).click();
  await board.getByRole('button', { name: 'SF1' }).click();
  await expect(page.getByRole('region', { name: 'SF1 的进度' })).toBeVisible();
  await page.getByText('钱在哪', { exact: true }).click();
  await board.focus();
  await page.keyboard.press('/');
  await page.keyboard.type('sf2');
  await expect(board).toHaveAttribute('aria-rowcount', '2');
  await board.focus();
  await page.keyboard.press('Enter');
  await expect(progress).toBeVisible();
  await expect(page.getByRole('grid', { name: '申付单', exact: true }).locator('.grid-row.cursor')).toContainText('SF2');
});

test('a pasted notice fills what stays ticked; the label is seen in both sizes, saved and printed once', async ({ serve }) => {
  const { page, context } = await serve();
  await page.getByRole('navigation').getByRole('button', { name: '开票' }).click();
  await newRequest(page, 'SF1', '1060');
  await page.getByRole('row', { name: /SF1/ }).getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('dialog');
  await form.getByText('粘贴官方开票通知').click();
  await form
    .getByLabel('官方通知的文字')
    .fill(
      [
        '发票抬头：别的购方（虚构）有限公司',
        '纳税人识别号：91000000MA0000000N',
        '邮寄地址：示例省示例市虚构路 1 号',
        '收件人：李示例 收件电话：13800000000',
        '电子发票请发送至 a@example.com 或 b@example.com',
      ].join('\n'),
    );
  const found = form.getByRole('table', { name: '通知里读到的内容' });
  await expect(found.getByRole('row', { name: /购方名称/ })).toContainText('现在是：示例购方（虚构）有限公司');
  await found.getByRole('checkbox', { name: '购方名称' }).uncheck();
  await found.getByRole('combobox', { name: '公共邮箱' }).click();
  await page.getByTitle('b@example.com').last().click();
  await form.getByRole('button', { name: '填入勾选的 5 项' }).click();
  await expect(form.getByRole('textbox', { name: '收件人' })).toHaveValue('李示例');
  await expect(form.getByRole('textbox', { name: '公共邮箱' })).toHaveValue('b@example.com');
  await expect(form.getByRole('textbox', { name: '购方名称' })).toHaveValue('示例购方（虚构）有限公司');
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toHaveCount(0);

  await page.getByRole('button', { name: '地址标签' }).click();
  const company = page.getByRole('dialog', { name: '公司资料' });
  await company.getByLabel('销方名称').fill('青禾数据（示例）有限公司');
  await company.getByLabel('销方税号').fill('91440300MA5EXAMP0B');
  await company.getByRole('button', { name: '保存' }).click();
  const drawer = page.getByRole('dialog', { name: '地址标签-SF1-预览.pdf' });
  await expectDrawn(drawer.getByRole('img', { name: '第 1 页，共 1 页' }));
  await drawer.getByText('100 × 150 mm').click();
  await expectDrawn(drawer.getByRole('img', { name: '第 1 页，共 1 页' }));
  const download = page.waitForEvent('download');
  await drawer.getByRole('button', { name: '另存 PDF' }).click();
  expect((await download).suggestedFilename()).toBe('地址标签-SF1-000001.pdf');
  const tab = context.waitForEvent('page');
  await drawer.getByRole('button', { name: '打印', exact: true }).click();
  expect((await tab).url()).toMatch(/about:blank|\/download\//);
});
