/** A4 landscape, in points. */
export const page = { width: 841.89, height: 595.28, margin: 27.9, footer: 20 };
export const size = { title: 16, head: 8, cell: 7.5, small: 6.5 };
export const cellPadding = 3;
export const lineHeight = 1.32;
export const contentWidth = page.width - 2 * page.margin;
