import type { Page } from '@playwright/test';
import type { Overrides } from '../renderer/golden-dispatch.ts';
import { serve, type Served } from '../renderer/serve.ts';
import { expect, openBrowser, test as base } from './fixtures.ts';
import { openAt, slow } from './opening.ts';

export { expect };

/** Opens a page alone: the built renderer over golden replies, which the contract has checked. */
export type Open = (hash: string, overrides?: Overrides) => Promise<{ page: Page; served: Served }>;
export const test = base.extend<{ open: Open }>({
  open: async ({}, use) => {
    const browser = await openBrowser();
    const served: Served[] = [];
    const complaints: string[] = [];
    await use(async (hash, overrides = {}) => {
      const one = await serve(overrides);
      served.push(one);
      const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } });
      await slow(page);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await openAt(page, one.host.url);
      await page.goto(new URL(`/${hash}`, one.host.url).href);
      return { page, served: one };
    });
    await browser.close();
    for (const one of served) await one.host.close();
    expect(complaints, 'nothing is thrown and nothing is refused by the CSP').toEqual([]);
  },
});
