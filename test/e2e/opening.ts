import type { Page } from '@playwright/test';

const late = Number(process.env['E2E_SLOW'] ?? 0);

/**
 * Finds tests that pass by a race. `E2E_SLOW=800 npx playwright test`: each reply comes up to 800 ms late, by chance, so that replies overtake one
 * another, and the page has a sixth of the processor.
 */
export async function slow(page: Page): Promise<void> {
  if (late === 0) return;
  await page.route(/\/call\//, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * late));
    // The page may be gone by now.
    await route.continue().catch(() => undefined);
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
}

/** Goes to the page and waits until it hears events, keys and drops: what is sent to it earlier is lost. */
export async function openAt(page: Page, url: string): Promise<void> {
  const events = page.waitForResponse(/\/events$/);
  await page.goto(url);
  await events;
  await page.getByRole('main').waitFor();
  // React attaches what listens to the window after it has drawn.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
}
