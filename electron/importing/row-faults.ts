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
