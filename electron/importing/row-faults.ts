import { Fault } from './values/fault.ts';

export const missing = new Fault('value.missing', '没有值', 'has no value');
export const noMonth = new Fault('value.missing', '没有账期', 'has no billing cycle');
export const noSign = new Fault(
  'direction.unknown',
  '看不出是收入还是支出：没有收支类型，余额的变化也对不上',
  'is neither income nor expense: there is no direction, and the balances do not tell',
);
export const noSignOldest = new Fault(
  'direction.unknown',
  '看不出是收入还是支出：没有收支类型，它又是表里最早的一笔，之前的余额不在表里',
  'is neither income nor expense: there is no direction, and it is the oldest entry, so that the balance before it is not in the sheet',
);
export const otherCurrency = new Fault(
  'currency.mixed',
  '与本表其他行的币种不同，不能相加',
  'is another currency than the rows above: they must never be added',
);

/** A row's number takes 24 bits of its id. */
const lastRow = 16_777_215;
const tooFar = new Fault(
  'row.too-far',
  '超出单表 16,777,215 行的上限，请分开导出',
  'is beyond the limit of 16,777,215 rows a sheet: export in parts',
);

/** What is wrong with a row's number after rows up to `highest`. */
export function numberFault(row: number, highest: number): Fault | undefined {
  if (row > lastRow) return tooFar;
  if (row > highest) return undefined;
  return new Fault(
    'row.number',
    `与前面的行重号或次序颠倒（前面已有第 ${highest} 行），文件不是 Excel 正常保存的；请重新下载`,
    `has the number of a row before it, or one below (row ${highest} came already): no program saves a workbook like this, download it again`,
  );
}
