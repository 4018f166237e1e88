import type { Text } from './finding.ts';

const names: Readonly<Record<string, Text>> = {
  'amount.damaged': { zh: '金额被 Excel 改坏', en: 'Amount damaged by Excel' },
  'amount.precision': { zh: '金额小数过多', en: 'Amount with too many decimals' },
  'amount.too-large': { zh: '金额过大', en: 'Amount too large' },
  'amount.two-sided': { zh: '收入和支出都有数', en: 'Both income and expense' },
  'amount.unreadable': { zh: '金额读不出', en: 'Unreadable amount' },
  'cell.error': { zh: 'Excel 错误值', en: 'Error value of Excel' },
  'currency.mixed': { zh: '币种不一致', en: 'Mixed currencies' },
  'direction.unknown': { zh: '收支方向不明', en: 'Direction unknown' },
  'enum.unknown': { zh: '不认识的取值', en: 'Unknown value' },
  'id.damaged': { zh: '编号被 Excel 改坏', en: 'Id damaged by Excel' },
  'month.unreadable': { zh: '月份读不出', en: 'Unreadable month' },
  'rate.unreadable': { zh: '比例读不出', en: 'Unreadable rate' },
  'refund.sign': { zh: '退款正负不明', en: 'Sign of refund unknown' },
  'row.cell': { zh: '单元格读不出', en: 'Unreadable cell' },
  'row.encoding': { zh: '文字编码有误', en: 'Broken characters' },
  'row.nul': { zh: '含有空字符', en: 'NUL character' },
  'row.quote': { zh: '引号不成对', en: 'Unpaired quote' },
  'row.ragged': { zh: '列数与表头不符', en: 'Other number of columns than the header' },
  'row.number': { zh: '行号重复', en: 'Row number used before' },
  'row.too-far': { zh: '行数超限', en: 'Too many rows' },
  'row.too-long': { zh: '行过长', en: 'Row too long' },
  'time.unreadable': { zh: '时间读不出', en: 'Unreadable time' },
  'value.missing': { zh: '缺少必需的值', en: 'Missing value' },
};

/** A kind of problem in words; a code without words stands for itself. */
export const problemName = (code: string): Text => (Object.hasOwn(names, code) ? names[code]! : { zh: code, en: code });
