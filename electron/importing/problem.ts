import type { Text } from './recognise.ts';
import type { Fault } from './values/fault.ts';

/** One thing wrong with one cell or row, as it is stored and shown. */
export interface Problem {
  readonly row: number;
  /** The header as in the file; '' where the whole row is meant. */
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly text: Text;
}

/** A problem of one cell. `refused`: the row was left out; else the cell was read as absent. */
export function cellProblem(row: number, column: string, value: string, fault: Fault, refused: boolean): Problem {
  const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  const zhCell = value === '' ? `“${column}”` : `“${column}”的“${shown}”`;
  const enCell = value === '' ? `"${column}"` : `"${column}": "${shown}"`;
  return {
    row,
    column,
    value,
    code: fault.code,
    text: {
      zh: `第 ${row} 行${zhCell}${fault.zh}，${refused ? '此行未导入；请在文件中改正后重新导入' : '该单元格按空值处理'}。`,
      en: `row ${row}, ${enCell} ${fault.en}; ${refused ? 'the row was not imported: correct the file and import it again' : 'the cell was read as absent'}.`,
    },
  };
}

/** A problem of a whole row, in the words given. */
export const rowProblem = (row: number, code: string, zh: string, en: string, value = ''): Problem => ({
  row,
  column: '',
  value,
  code,
  text: { zh: `第 ${row} 行${zh}`, en: `row ${row} ${en}` },
});
