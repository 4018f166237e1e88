import type { Locator } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Waits until a page of a preview is drawn, and is neither blank nor dark: some of its dots are ink, most are paper. */
export async function expectDrawn(page: Locator): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate((paper: any) => {
        const canvas = paper.querySelector('canvas');
        if (!canvas) return 'not drawn';
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let ink = 0;
        for (let dot = 0; dot < data.length; dot += 4) if (data[dot + 3] > 0 && data[dot] < 128) ink += 1;
        const share = ink / (data.length / 4);
        return share > 0.001 && share < 0.3 ? 'drawn' : `${share} of it is ink`;
      }),
    )
    .toBe('drawn');
}
