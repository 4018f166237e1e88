/** A data row's id: its place, sheet × `rowsPerSheet` + row number in the sheet. */
export type RowId = bigint;

export const rowsPerSheet = 16_777_216n;

export const sheetOf = (row: RowId): bigint => row / rowsPerSheet;
export const rowNumber = (row: RowId): number => Number(row % rowsPerSheet);
