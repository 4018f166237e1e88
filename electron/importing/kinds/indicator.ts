import { readQuantity } from '../values/money.ts';
import * as c from './column.ts';

/** 指标明细 (exports §2.11b): the value of a plan's threshold indicator. */
export const indicator: c.KindSpec = {
  kind: 'indicator',
  month: 'cycle',
  customer: 'none',
  columns: [
    c.cycle(),
    c.text('indicatorName', ['指标名称', 'Indicator Name'], { header: 'required', cell: 'needed' }),
    c.text('period', ['统计周期', 'Period']),
    c.value('indicatorValue', readQuantity, ['指标值', 'Indicator Value'], { header: 'required', cell: 'needed' }),
    c.id('performanceId', ['业绩ID', 'Performance ID']),
    c.id('tradeId'),
  ],
};
