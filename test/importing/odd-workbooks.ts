import { zipOf, type ZipMember } from './odd-zips.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface OddWorkbook {
  /** What stands inside `<sheetData>` of the one sheet. */
  readonly rows?: string;
  /** What stands inside `<sst>`. */
  readonly strings?: string;
  /** Format codes of the cell styles, by style index: a number is a built-in format, a string a custom one. */
  readonly formats?: readonly (number | string)[];
  readonly date1904?: boolean;
  /** Parts added, or put in place of the usual ones; null leaves a part out. */
  readonly parts?: Readonly<Record<string, string | Buffer | null>>;
}

/** A relationship part; each relationship is id, last part of the type, target. */
export function relationships(list: readonly (readonly [string, string, string])[], types = officeRelationships): string {
  const all = list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`);
  return `<Relationships xmlns="${packageRelationships}">${all.join('')}</Relationships>`;
}

export function worksheet(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;
}

function stylesheet(formats: readonly (number | string)[]): string {
  const custom = formats.map((format, i) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${200 + i}" formatCode="${format.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`
      : '',
  );
  const styles = formats.map((format, i) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + i}" applyNumberFormat="1"/>`);
  // The xf of a named style comes before the cells' own and must not be counted.
  return `<styleSheet xmlns="${main}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`;
}

/** The parts of a small workbook written by hand. */
export function workbookParts(odd: OddWorkbook): ZipMember[] {
  const parts: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${officeRelationships}">${odd.date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets><sheet name="账单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'sharedStrings', 'sharedStrings.xml'],
      ['rId3', 'styles', 'styles.xml'],
    ]),
    'xl/worksheets/sheet1.xml': worksheet(odd.rows ?? ''),
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${odd.strings ?? ''}</sst>`,
    'xl/styles.xml': stylesheet(odd.formats ?? [0]),
    ...odd.parts,
  };
  return Object.entries(parts).flatMap(([name, content]) => (content === null ? [] : [{ name, content }]));
}

export function workbookBytes(odd: OddWorkbook): Buffer {
  return zipOf(workbookParts(odd));
}
