import { manyFindings, pageOf } from '../renderer/golden-dispatch.ts';
import { expect, test } from './opened-page.ts';

test('findings: filter, place and open finding are as they were left when one comes back', async ({ open }) => {
  const all = manyFindings(600);
  const { page } = await open('#/findings?cycle=2025-09', { 'findings.page': (input) => pageOf(all, input) });
  const grid = page.getByRole('grid', { name: '差异列表' });
  await grid.focus();
  await page.keyboard.press('Control+f');
  await expect(page.getByPlaceholder('搜索客户')).toBeFocused();
  await page.keyboard.type('CS250000000005');
  await expect(grid).toHaveAttribute('aria-rowcount', '101');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  const last = grid.locator('[aria-rowindex="101"]');
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('group', { name: '四个问题' })).toBeVisible();
  await page.keyboard.press('Alt+4');
  await expect(page.getByPlaceholder('搜索客户')).toHaveValue('CS250000000005');
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute('aria-selected', 'true');
});

test('findings: one that a link opens is brought into view in the list, however far down it stands', async ({ open }) => {
  const all = manyFindings(600);
  const { key } = all.findings[431]!;
  const { page } = await open(`#/findings?cycle=2025-09&key=${encodeURIComponent(key)}`, {
    'findings.page': (input) => pageOf(all, input),
  });
  const row = page.getByRole('grid', { name: '差异列表' }).locator('[aria-rowindex="433"]');
  await expect(row).toBeInViewport();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(row).toContainText('CS25000000000431YB');
});

test('findings: all chosen rows are marked, those never in view too, and Ctrl+Z puts their statuses back', async ({ open }) => {
  const all = manyFindings(450);
  const { page, served } = await open('#/findings?cycle=2025-09', { 'findings.page': (input) => pageOf(all, input) });
  const marks = () => served.calls.filter((c) => c.method === 'findings.mark').map((c) => c.input as { keys: string[]; status: string });
  const grid = page.getByRole('grid', { name: '差异列表' });
  await expect(grid).toHaveAttribute('aria-rowcount', '451');
  await grid.focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('已选 450 条')).toBeVisible();
  await page.keyboard.press('5');
  await expect.poll(() => marks().length).toBe(1);
  expect(new Set(marks()[0]!.keys).size).toBe(450);
  expect(marks()[0]!.status).toBe('accepted');
  await expect(page.getByRole('button', { name: '撤销' })).toBeVisible();
  await grid.focus();
  await page.keyboard.press('Control+z');
  const before = Map.groupBy(
    all.findings.filter((f) => f.status !== 'accepted'),
    (f) => f.status,
  );
  await expect.poll(() => marks().length).toBe(1 + before.size);
  for (const { keys, status } of marks().slice(1))
    expect(keys.toSorted()).toEqual(
      before
        .get(status as 'open')!
        .map((f) => f.key)
        .toSorted(),
    );
  // Nothing is left to put back: the calls after it hold no mark.
  await grid.focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('none');
  await expect.poll(() => served.calls.at(-1)).toMatchObject({ method: 'findings.page', input: { search: 'none' } });
  expect(marks()).toHaveLength(1 + before.size);
});

test('findings: a dragged column is as wide after a restart; a double click gives its first width back', async ({ open }) => {
  const { page } = await open('#/findings?cycle=2025-09');
  await expect(page.getByRole('grid', { name: '差异列表' })).toHaveAttribute('aria-rowcount', '24');
  const head = page.getByRole('columnheader', { name: '订单号/交易号' });
  const widthOf = async () => Math.round((await head.boundingBox())?.width ?? 0);
  const first = await widthOf();
  const edge = (await head.locator('.resize').boundingBox())!;
  await page.mouse.move(edge.x + 3, edge.y + 5);
  await page.mouse.down();
  await page.mouse.move(edge.x + 63, edge.y + 5);
  await page.mouse.up();
  await expect.poll(widthOf).toBe(first + 60);
  await page.reload();
  await expect.poll(widthOf).toBe(first + 60);
  await head.locator('.resize').dblclick();
  await expect.poll(widthOf).toBe(first);
});

test('findings: who follows them up is typed once for all chosen rows, and stands in the list', async ({ open }) => {
  const all = manyFindings(30);
  const owned = { ...all, findings: all.findings.map((f, i) => (i === 3 ? { ...f, owner: '钱多' } : f)) };
  const { page, served } = await open('#/findings?cycle=2025-09', { 'findings.page': (input) => pageOf(owned, input) });
  const grid = page.getByRole('grid', { name: '差异列表' });
  await expect(grid.locator('[aria-rowindex="5"]')).toContainText('钱多');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByLabel('负责人（选中的 2 条）').fill(' 赵一 ');
  // Leaving by a click on another row changes what is chosen, not whom the name is for.
  await grid.locator('[aria-rowindex="9"]').click();
  await expect
    .poll(() => served.calls.filter((c) => c.method === 'findings.mark').map((c) => c.input))
    .toEqual([{ owner: '赵一', keys: all.findings.slice(1, 3).map((f) => f.key) }]);
});
