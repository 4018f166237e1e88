import type { Kind } from '../../electron/core/kinds.ts';

/** Where a search looks in one kind's rows, and how a row that it finds is named. Columns of the kind's table; `amount` and `what` are expressions. */
export interface Searched {
  /** Ids: any part of one finds the row. */
  readonly numbers: readonly string[];
  /** Names in any script: any part of one finds the row. */
  readonly words?: readonly string[];
  /** The row's customer, where it has one: resolved by `customer_key`, else as written. */
  readonly customer?: 'key' | 'id';
  /** The amounts that a search for a figure is held against. */
  readonly amounts?: readonly string[];
  /** The row's headline amount. */
  readonly amount?: string;
  /** What it is about. */
  readonly what?: string;
}

/** Every kind that holds orders, customers, ids or figures, in the order in which results stand. */
export const searched: { readonly [K in Kind]?: Searched } = {
  'partner-bill': {
    numbers: ['trade_id', 'original_trade_id'],
    customer: 'key',
    amounts: ['customer_amount', 'settlement_amount', 'coupon_amount', 'tax_amount', 'amount_due'],
    amount: 'coalesce(t.amount_due, t.settlement_amount, t.customer_amount)',
    what: 't.product_type',
  },
  'bill-summary': {
    numbers: [],
    amounts: ['amount_due', 'consumption_amount', 'refund_amount', 'adjustment_amount', 'coupon_amount', 'tax_amount'],
    amount: 't.amount_due',
  },
  consumption: {
    numbers: ['trade_id', 'original_trade_id'],
    customer: 'key',
    amounts: ['list_price', 'discount_amount', 'amount_due', 'cash_amount', 'credit_amount', 'coupon_amount', 'stored_value_card_amount'],
    amount: 't.amount_due',
    what: 't.product_type',
  },
  'consumption-summary': {
    numbers: [],
    customer: 'key',
    amounts: ['amount_due', 'cash_amount'],
    amount: 't.amount_due',
    what: 't.product_type',
  },
  'account-statement': {
    numbers: ['trade_id', 'flow_id'],
    customer: 'key',
    amounts: ['change_amount', 'balance_after'],
    amount: 't.change_amount',
    what: 't.trade_detail_type',
  },
  'performance-summary': { numbers: ['statement_id'], amounts: ['total_amount'], amount: 't.total_amount' },
  performance: {
    numbers: ['trade_id', 'original_trade_id', 'performance_id', 'statement_id'],
    customer: 'key',
    amounts: ['amount'],
    amount: 't.amount',
    what: 't.product_type',
  },
  'incentive-summary': {
    numbers: ['incentive_bill_id'],
    words: ['incentive_name'],
    amounts: ['amount', 'pending_amount'],
    amount: 't.amount',
    what: 't.incentive_name',
  },
  incentive: {
    numbers: ['trade_id', 'original_trade_id', 'incentive_row_id', 'incentive_bill_id', 'performance_id'],
    words: ['plan_name'],
    customer: 'key',
    amounts: ['amount', 'base_amount'],
    amount: 't.amount',
    what: 't.plan_name',
  },
  'payment-request': {
    numbers: ['request_id', 'incentive_bill_ids'],
    words: ['buyer_name'],
    amounts: ['amount'],
    amount: 't.amount',
    what: 't.buyer_name',
  },
  adjustment: { numbers: ['transaction_id'], customer: 'key', amounts: ['amount'], amount: 't.amount', what: 't.scenario' },
  'performance-transfer': { numbers: ['trade_id', 'performance_id'], customer: 'key', what: 't.transferred_to' },
  indicator: { numbers: ['trade_id', 'performance_id'], words: ['indicator_name'], what: 't.indicator_name' },
  order: { numbers: ['trade_id'], customer: 'key', amounts: ['amount'], amount: 't.amount', what: 't.product_type' },
  'manager-history': { numbers: [], words: ['account_manager'], customer: 'id', what: 't.account_manager' },
  'association-history': { numbers: [], words: ['reseller_name'], customer: 'id', what: 't.reseller_name' },
  'coupon-map': { numbers: ['coupon_id'], what: 't.coupon_id' },
  customer: { numbers: [], words: ['account_name', 'customer_name'], customer: 'id', what: 't.customer_name' },
};
