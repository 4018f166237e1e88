import { describe, expect, it } from 'vitest';
import { layOut } from '../../electron/exporting/invoice-list-layout.ts';
import { page } from '../../electron/exporting/invoice-list-page.ts';
import { createMeter } from '../../electron/exporting/pdf-text.ts';
import { yuan } from '../db/rows.ts';
import { print, request } from './listed.ts';

describe('layout', () => {
  const meter = createMeter((character) => (character.charCodeAt(0) < 256 ? 0.5 : 1));

  it('breaks at blanks and between Chinese characters, and inside a word only where it alone is too long', () => {
    expect(meter.wrap('一二三四五', 30, 10, false)).toEqual(['一二三', '四五']);
    expect(meter.wrap('一二（三）四', 30, 10, false)).toEqual(['一二', '（三）', '四']);
    expect(meter.wrap('ab cd ef', 25, 10, false)).toEqual(['ab cd', 'ef']);
    expect(meter.wrap('abcdefgh', 25, 10, false)).toEqual(['abcde', 'fgh']);
    expect(meter.wrap('', 25, 10, false)).toEqual(['']);
    expect(meter.wrap('ab12、cd34、一二', 25, 10, false)).toEqual(['ab1', '2、cd', '34、', '一二']);
    expect(meter.wrap('ab、cd、ef', 20, 10, false)).toEqual(['ab、', 'cd、', 'ef']);
  });

  it('gives each column what its texts need and the rest to the names, amounts in one size on rows and subtotal', () => {
    const red = { ...request(1, 1).invoices[0]!, net: yuan('-9433962264.15'), tax: yuan('-566037735.85'), total: yuan('-10000000000') };
    const large = request(1, 2, { invoices: [red, ...request(1, 1).invoices] }, { amount: yuan('-9999999894') });
    for (const language of ['zh', 'en'] as const) {
      const { widths, pages } = layOut(large, print([large], { language }), meter);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(page.width - 2 * page.margin, 5);
      const [first, second, sums] = pages.flat();
      for (const cell of [...first!.cells.slice(6), ...second!.cells.slice(6)])
        expect([cell.size, cell.lines.length <= 2]).toEqual([7.5, true]);
      for (const cell of sums!.cells.slice(1, 5)) expect([cell.size, cell.lines.length]).toEqual([7.5, 1]);
      expect(sums!.cells[5]!.lines.at(-1)).toMatch(/差额( Difference)? 0\.00$/);
      const small = layOut(request(1, 1), print([request(1, 1)], { language }), meter);
      expect(small.widths[4]).toBeGreaterThan(widths[4]!);
    }
    const long = request(2, 1, {}, { incentiveBillIds: ['JLZD2025091000062'] });
    const ids = { ...long, request: { ...long.request, requestId: 'JLSF20250912345670014' } };
    const [row] = layOut(ids, print([ids]), meter).pages.flat();
    for (const cell of [row!.cells[1]!, row!.cells[3]!]) expect([cell.size, cell.lines.length]).toEqual([7.5, 1]);
    const byHand = layOut(long, print([long], { emptyNumbers: true }), meter);
    expect(byHand.widths[11]).toBeGreaterThanOrEqual(56);
    expect(byHand.widths[12]).toBeGreaterThanOrEqual(91);
  });

  it('sets both languages beside one another where there is room, so that a long list is not longer in English', () => {
    const printed = request(1, 500);
    const [zh, en] = (['zh', 'en'] as const).map((language) => layOut(printed, print([printed], { language }), meter));
    expect(en!.pages.flat()[0]!.height).toBe(zh!.pages.flat()[0]!.height);
    expect(en!.pages.flat()[0]!.cells[10]!.lines).toEqual(['数电专票 Digital special']);
    expect(en!.pages.length - zh!.pages.length).toBeLessThanOrEqual(1);
    const crowded = request(1, 3, { incentives: [{ id: 'JL1', name: '很长的激励名称'.repeat(12), associationType: 'resale' }] });
    const [first] = layOut(crowded, print([crowded], { language: 'en' }), meter).pages.flat();
    expect(first!.cells[10]!.lines.length).toBeLessThanOrEqual(2);
  });

  it('keeps every page within the paper, and the last invoice with the subtotal, for any number of rows and long names', () => {
    for (const count of [1, 2, 18, 19, 20, 21, 22, 23, 24, 50, 500]) {
      for (const name of ['短', '很长的激励名称'.repeat(12)]) {
        const printed = request(1, count, { incentives: [{ id: 'JL1', name, associationType: 'resale' }] });
        const { pages, header } = layOut(printed, print([printed]), meter);
        for (const rows of pages) {
          const used = rows.reduce((sum, row) => sum + row.height, header.height);
          expect(used).toBeLessThan(page.height - 2 * page.margin);
        }
        expect(pages.flat()).toHaveLength(count + 1);
        expect(
          pages
            .at(-1)!
            .map(({ kind }) => kind)
            .slice(-2),
        ).toEqual(['invoice', 'subtotal']);
      }
    }
  });
});
