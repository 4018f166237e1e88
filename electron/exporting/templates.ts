/** An empty table: its name, the headers, and what a cell may hold ('' where that needs no word). */
export interface EmptyTable {
  readonly name: string;
  readonly headers: readonly string[];
  readonly hints: readonly string[];
}

/**
 * An empty workbook of one sheet: headers with their hints as notes, every cell formatted as text so that Excel keeps long ids as they are typed.
 * The same table gives the same content.
 */
export async function writeTemplate(table: EmptyTable): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '核账 Hezhang';
  const sheet = workbook.addWorksheet(table.name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = table.headers.map((header) => ({ header, width: Math.max(14, header.length * 2 + 4), style: { numFmt: '@' } }));
  const first = sheet.getRow(1);
  first.font = { bold: true };
  for (const [index, hint] of table.hints.entries()) if (hint) first.getCell(index + 1).note = hint;
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
