import { counted, displayCount } from '../core/display-count.ts';
import type { Recognised, Text } from '../importing/recognise.ts';
import type { SheetSeen } from './import-verdict.ts';

/** Headers in another order that are told one by one. */
const listedHeaders = 5;

/** What a person should know of one sheet although the file is read: why it has no rows, or what below its table is no data. */
export function notesOf(seen: SheetSeen): Text[] {
  if (seen.sheet.state !== 'read') return [seen.sheet.text];
  if (seen.sheet.data.rows === 0) return [emptyNote(seen.name, [...seen.sheet.data.cycles.keys()])];
  const below = seen.sheet.data.notes.map((note) => ({
    zh: `“${seen.name}”表下的说明没有当作数据：${note}`,
    en: `"${seen.name}": a remark below the table was not read as data: ${note}`,
  }));
  const reordered = seen.sheet.data.reordered.slice(0, listedHeaders).map((row) => ({
    zh: `“${seen.name}”第 ${row} 行的表头换了列的次序，其下各行按它读取。`,
    en: `"${seen.name}": the header in row ${row} has the columns in another order; the rows below it are read by it.`,
  }));
  return [...passedOver(seen.name, seen.sheet.found), ...reordered, ...below];
}

/** Two columns for one field: which of them is read. */
const passedOver = (name: string, { headers, map }: Recognised): Text[] =>
  map.passedOver.map(([read, not]) => ({
    zh: `“${name}”的“${headers[not]!.text}”与“${headers[read]!.text}”是同一项内容，只读“${headers[read]!.text}”；不对的话，请修改列对应。`,
    en: `"${name}": "${headers[not]!.text}" and "${headers[read]!.text}" are the same thing; only "${headers[read]!.text}" is read. Map the columns if that is wrong.`,
  }));

/** That refunds, or write-offs, were printed positive throughout and were negated. */
export const negatedNotes = (negated: { readonly refunds: number; readonly writeOffs: number }): Text[] =>
  (['refunds', 'writeOffs'] as const)
    .filter((of) => negated[of] > 0)
    .map((of) => ({
      zh: `文件里的${of === 'refunds' ? '退款' : '核销'}全部写成正数，已将这 ${displayCount(negated[of])} 行的金额改为负数。`,
      en: `All ${of === 'refunds' ? 'refunds' : 'write-offs'} of the file are printed positive; the amounts of ${counted(negated[of], 'row')} were made negative.`,
    }));

const emptyNote = (name: string, cycles: readonly string[]): Text => ({
  zh: `“${name}”没有数据行：按您的回答，${cycles.join('、')} 没有业务，按 0 行导入。`,
  en: `"${name}" has no data rows: as you said, there was no business in ${cycles.join(', ')}; it is imported with 0 rows.`,
});
