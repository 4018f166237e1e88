import { absolute } from '../../core/money.ts';
import { usualSign } from '../ledger-signs.ts';
import { readAccountType, readDirection, readTradeType } from '../values/enums.ts';
import { Fault } from '../values/fault.ts';
import * as c from './column.ts';

const twoSides = new Fault('amount.two-sided', '收入和支出同时有金额', 'has an amount both as income and as expense');
const noAmount = new Fault('value.missing', '没有变更金额', 'has no amount');
/** 收支明细 (exports §2.5) of one account. `change_amount` is signed: what it adds to the balance. */
export const accountStatement: c.KindSpec = {
  kind: 'account-statement',
  month: { time: 'traded_at' },
  customer: 'optional',
  columns: [
    c.currency,
    c.value('accountType', readAccountType, ['账户类型', 'Account Type'], { column: 'account', cell: 'strict' }),
    c.id('flowId', ['收支明细流水号', '交易流水号', '流水号', 'Flow ID', 'Serial No.']),
    c.time('tradedAt', ['交易时间', '客户交易时间', '扣费时间', '时间', 'Transaction Time'], { header: 'required', cell: 'needed' }),
    c.value('tradeType', readTradeType, ['交易类型', 'Transaction Type'], { header: 'required', cell: 'needed' }),
    c.text('tradeDetailType', ['交易详细类型', '交易明细类型', 'Transaction Detail Type']),
    c.value('direction', readDirection, ['收支类型', '收支', 'Direction', 'Income/Expense Type'], { cell: 'strict' }),
    c.unstored(c.money('changeAmountPrinted', ['变更金额', '交易金额', '金额', 'Change Amount', 'Amount', 'changeAmount'])),
    c.unstored(c.money('income', ['收入', '收入金额', 'Income'])),
    c.unstored(c.money('expense', ['支出', '支出金额', 'Expense', 'Expenditure'])),
    c.money('balanceAfter', ['变更后余额', '账户余额', '余额', 'Balance', 'Balance After Change'], { additive: false }),
    c.id('tradeId'),
    ...c.customer,
  ],
  derived: ['account', 'direction', 'change_amount'],
  anyOf: [['changeAmountPrinted', 'income', 'expense']],
  finish: () => settle,
};

/**
 * Sign and direction: two columns, else 收支类型, else a printed minus. Where none of them tells, the printed amount stays for `LedgerSigns`, which sees
 * the rows above and below too.
 */
function settle(row: c.RowValues): c.FieldFault | undefined {
  const income = row.get('income') as bigint | null;
  const expense = row.get('expense') as bigint | null;
  const printed = row.get('changeAmountPrinted') as bigint | null;
  if (printed === null) {
    if (income && expense) return { field: 'income', also: ['expense'], fault: twoSides };
    if (income === null && expense === null) return { field: 'changeAmountPrinted', also: ['income', 'expense'], fault: noAmount };
    return put(row, income ? income : -absolute(expense ?? 0n));
  }
  const size = absolute(printed);
  const direction = row.get('direction');
  if (direction === 'in') return settled(row, size);
  if (direction === 'out') return settled(row, -size);
  if (printed <= 0n) return put(row, printed);
  return put(row, (usualSign[row.get('trade_type') as string] ?? 1n) * size);
}

function settled(row: c.RowValues, change: bigint): undefined {
  row.set('changeAmountPrinted', null);
  return put(row, change);
}

function put(row: c.RowValues, change: bigint): undefined {
  row.set('change_amount', change);
  row.set('direction', change < 0n ? 'out' : 'in');
}
