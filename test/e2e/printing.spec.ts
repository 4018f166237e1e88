import type { WindowApi } from '../../electron/window-api.ts';
import { expectDrawn } from './drawn-page.ts';
import { expect, test } from './fixtures.ts';

declare const window: { hezhang: WindowApi };

test('in the desktop window list and label are seen in the page, and printed through the system’s dialog', async ({ launch }) => {
  const { app, page } = await launch();
  await app.evaluate(({ app: electron, shell }) => {
    const printed: string[] = [];
    // The person confirms the dialog each time but the second, which they cancel.
    electron.on('browser-window-created', (_event, window) => {
      window.webContents.print = (_options, callback) => {
        const canceled = printed.push('dialog') === 2;
        callback?.(!canceled, canceled ? 'Print job canceled' : '');
      };
    });
    shell.openPath = async (file) => {
      printed.push(`viewer ${file}`);
      return '';
    };
    Object.assign(globalThis, { printed });
  });
  await page.evaluate(async () => {
    const set = (key: string, value: string) => window.hezhang.call('settings.set', { key, value });
    await set('sellerName', '青禾数据（示例）有限公司');
    await set('sellerTaxNumber', '91440300MA5EXAMP0B');
    for (const requestId of ['SF1', 'SF2'])
      await window.hezhang.call('requests.save', {
        requestId,
        billingCycle: '2025-09',
        amount: '1060',
        incentiveBillIds: ['JL1'],
        mailingAddress: '示例市虚构路 1 号',
        recipient: '李示例',
        recipientPhone: '13800000000',
      });
  });
  await page.getByRole('navigation').getByRole('button', { name: '开票' }).click();
  const request = page.getByRole('grid', { name: '申付单', exact: true }).getByRole('row', { name: /SF1 / });
  await page.getByLabel('号码留空（手写）').check();
  await page.getByRole('button', { name: '预览清单' }).click();
  const list = page.getByRole('dialog', { name: '开票清单-SF1-预览.pdf' });
  await expectDrawn(list.getByRole('img', { name: '第 1 页，共 1 页' }));
  await list.getByRole('button', { name: '放大' }).click();
  await expect(list.getByRole('button', { name: '适合窗口' })).toBeVisible();
  await list.getByRole('button', { name: '打印', exact: true }).click();
  await expect(request).toContainText('1 次');
  // Cancelled: the paper is logged, but what is printed next is the same one and no reprint of it.
  await list.getByRole('button', { name: '打印', exact: true }).click();
  await expect(request).toContainText('2 次');
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { printed: string[] }).printed)).toEqual(['dialog', 'dialog']);
  await list.getByRole('button', { name: '打印', exact: true }).click();
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { printed: string[] }).printed))
    .toEqual(['dialog', 'dialog', 'dialog']);
  await expect(request).toContainText('2 次');
  await list.getByRole('button', { name: '关闭' }).click();

  await page.getByRole('button', { name: '地址标签' }).click();
  const label = page.getByRole('dialog', { name: '地址标签-SF1-预览.pdf' });
  const paper = label.getByRole('img', { name: '第 1 页，共 1 页' });
  await expectDrawn(paper);
  const shape = () => paper.evaluate((one: any) => Number(one.style.aspectRatio.split('/')[0]).toFixed(2));
  expect(await shape()).toBe('0.71');
  await label.getByText('100 × 150 mm').click();
  await expect.poll(shape).toBe('0.67');
  await expectDrawn(paper);
  await label.getByRole('button', { name: '打印', exact: true }).click();
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { printed: string[] }).printed.length)).toBe(4);
  if (process.env['E2E_PICTURE']) await page.screenshot({ path: process.env['E2E_PICTURE'] });
});
