import { absolute } from '../../core/money.ts';
import { readAccountType, readDirection, readTradeType } from '../values/enums.ts';
import { Fault } from '../values/fault.ts';
import * as c from './column.ts';

const twoSides = new Fault('amount.two-sided', '收入和支出同时有金额', 'has an amount both as income and as expense');
const noAmount = new Fault('value.missing', '没有变更金额', 'has no amount');
const noSign = new Fault(
  'direction.unknown',
  '看不出是收入还是支出：没有收支类型，余额的变化也对不上',
  'is neither income nor expense: there is no direction, and the balances do not tell',
);

/** Entries that may leave the balance as it is. */
const still = new Set(['freeze', 'unfreeze', 'tradeModeTransfer']);

/** What a kind of entry does to the balance where neither a direction nor a balance says it. */
const usual: Readonly<Record<string, bigint>> = {
  recharge: 1n, refund: 1n, retrieval: 1n, unbindRetrieval: 1n, bonusConversion: 1n, deduction: -1n, allocation: -1n,
}; // prettier-ignore

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
  finish: () => {
    let last: Entry | undefined;
    return (row) => {
      const entry = { balance: row.get('balance_after') as bigint | null, time: row.get('traded_at') as string };
      // In a file with the newest entry first, the step to the row above is that row's own, and says nothing about this one.
      const fault = settle(row, entry.balance, last && last.time <= entry.time ? last.balance : null);
      last = entry;
      return fault;
    };
  },
};

interface Entry {
  readonly balance: bigint | null;
  readonly time: string;
}

/** Sign and direction: two columns, else 收支类型, else a printed minus, else the step of the balance, else what such an entry usually does. */
function settle(row: c.RowValues, balance: bigint | null, last: bigint | null): c.FieldFault | undefined {
  const income = row.get('income') as bigint | null;
  const expense = row.get('expense') as bigint | null;
  const printed = row.get('changeAmountPrinted') as bigint | null;
  if (printed === null) {
    if (income && expense) return { field: 'income', fault: twoSides };
    if (income === null && expense === null) return { field: 'changeAmountPrinted', fault: noAmount };
    return put(row, income ? income : -absolute(expense ?? 0n));
  }
  const size = absolute(printed);
  const direction = row.get('direction');
  if (direction === 'in') return put(row, size);
  if (direction === 'out') return put(row, -size);
  if (printed <= 0n) return put(row, printed);
  if (balance !== null && last !== null) {
    if (balance - last === size) return put(row, size);
    if (last - balance === size) return put(row, -size);
    if (last === balance && still.has(row.get('trade_type') as string)) return put(row, 0n);
  }
  const sign = usual[row.get('trade_type') as string];
  return sign === undefined ? { field: 'changeAmountPrinted', fault: noSign } : put(row, sign * size);
}

function put(row: c.RowValues, change: bigint): undefined {
  row.set('change_amount', change);
  row.set('direction', change < 0n ? 'out' : 'in');
}
