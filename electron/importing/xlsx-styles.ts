import { builtinLook, formatLook, numberLooks, type NumberLook } from './xlsx-dates.ts';
import type { XmlElement } from './xml-part.ts';

/** For each cell style (the `s` of a cell) how it shows a number. A style that is not listed shows a number. */
export function styleLooks(elements: readonly XmlElement[]): NumberLook[] {
  const custom = new Map<number, NumberLook>();
  const looks: NumberLook[] = [];
  for (const { path, attributes } of elements) {
    if (path === 'styleSheet/numFmts/numFmt')
      custom.set(Number(attributes.get('numFmtId')), formatLook(attributes.get('formatCode') ?? ''));
    else if (path === 'styleSheet/cellXfs/xf') {
      const id = Number(attributes.get('numFmtId') ?? '0');
      looks.push(custom.get(id) ?? builtinLook(id));
    }
  }
  return looks;
}

/** Looks of a workbook without styles: every number is a number. */
export const plainLooks: readonly NumberLook[] = [numberLooks.number];
