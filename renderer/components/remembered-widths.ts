/** Column widths in pixels that the person dragged, by column. */
export type Widths = Readonly<Record<string, number>>;

const keyOf = (grid: string): string => `hezhang.widths.${grid}`;

/** What was dragged in a grid before; anything that is not a width is left out. */
export function rememberedWidths(grid: string): Widths {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(grid)) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, px]) => typeof px === 'number' && px >= narrowest && px <= widest));
  } catch {
    // Only how wide columns were is lost: they have their first widths again.
    return {};
  }
}

export const narrowest = 40;
const widest = 4000;

/** Keeps a grid's widths for the next time; without any the grid has its first ones again. */
export function rememberWidths(grid: string, widths: Widths): void {
  if (Object.keys(widths).length === 0) localStorage.removeItem(keyOf(grid));
  else localStorage.setItem(keyOf(grid), JSON.stringify(widths));
}
