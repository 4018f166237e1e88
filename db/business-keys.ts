import type { Kind } from '../electron/core/kinds.ts';

/** What makes two rows of two files the same business row, and the values in which they may then contradict each other. */
export interface BusinessKey {
  /** SQL of the vendor's own row id, used alone where it is there. */
  readonly id?: string;
  /** SQL of the parts of the key otherwise. */
  readonly parts: readonly string[];
  readonly values: readonly string[];
  /** What a statement of a higher status (draft → final) must hold to replace the lower one whole; a row may then have vanished. Default: the key. */
  readonly scope?: string;
}

/** The customer as the file names it (customer_key may be resolved later from other files). */
const who = "coalesce(customer_id, '@' || account_name)";
const charge = [who, 'trade_id', 'product_type', 'billing_mode', 'bill_class', 'bill_type', 'traded_at'];
const usage = [...charge, 'resource_id', 'consumed_from', 'consumed_to'];
const payment = [
  'cash_amount',
  'credit_amount',
  'coupon_amount',
  'flexi_purchase_coupon_amount',
  'stored_value_card_amount',
  'bonus_amount',
  'debt_amount',
  'write_off_amount',
];

export const businessKeys: { readonly [K in Kind]: BusinessKey } = {
  'partner-bill': {
    parts: usage,
    values: ['settlement_amount', 'customer_amount', 'amount_due', 'coupon_amount', 'tax_amount', 'settlement_rate'],
  },
  'bill-summary': {
    parts: [],
    values: ['amount_due', 'consumption_amount', 'refund_amount', 'adjustment_amount', 'coupon_amount', 'tax_amount', 'outstanding_amount'],
  },
  consumption: { parts: [...usage, 'usage_type'], values: ['amount_due', 'list_price', 'discount_amount', 'truncated_amount', ...payment] },
  'consumption-summary': {
    parts: [who, 'product_type', 'product_type_code', 'resource_type', 'billing_mode', 'bill_class', 'bill_type'],
    values: ['amount_due', ...payment],
  },
  'account-statement': {
    id: 'flow_id',
    parts: ['traded_at', 'trade_type', 'trade_id', who],
    values: ['change_amount', 'balance_after'],
  },
  'performance-summary': { parts: ['statement_id', 'association_type'], values: ['total_amount'] },
  performance: { id: 'performance_id', parts: charge, values: ['amount'], scope: who },
  'incentive-summary': { parts: ['incentive_bill_id', 'incentive_name', 'association_type'], values: ['amount', 'pending_amount'] },
  incentive: {
    id: 'incentive_row_id',
    parts: ['incentive_bill_id', 'plan_name', 'performance_id', ...charge],
    values: ['amount', 'base_amount', 'rate'],
    scope: `coalesce(${who}, incentive_bill_id)`,
  },
  'payment-request': { parts: ['request_id'], values: ['amount', 'tax_rate', 'product_tax_rate', 'currency'] },
  adjustment: { id: 'transaction_id', parts: ['operated_at', 'operation', who], values: ['amount'] },
  'performance-transfer': {
    parts: ['performance_id', 'trade_id', who, 'transferred_at'],
    values: ['transferred_from', 'transferred_to'],
  },
  indicator: { parts: ['indicator_name', 'period', 'performance_id', 'trade_id'], values: ['indicator_value'] },
  order: { parts: ['trade_id', 'product_type', 'order_type'], values: ['amount'] },
  policy: {
    parts: ['plan_name', 'product_type', 'association_type', 'new_customer_tag', 'method', 'threshold', 'valid_from'],
    values: ['rate', 'valid_to'],
  },
  'product-policy': { parts: ['product_type', 'valid_from'], values: ['policy', 'monthly_settled', 'valid_to'] },
  'manager-history': { parts: ['customer_id', 'valid_from'], values: ['account_manager', 'valid_to'] },
  'association-history': { parts: ['customer_id', 'valid_from'], values: ['association_type', 'reseller_name', 'valid_to'] },
  'coupon-map': { parts: ['coupon_id'], values: ['counts'] },
  'sub-account': { parts: ['sub_customer_id', 'valid_from'], values: ['customer_id', 'valid_to'] },
  customer: { parts: ['customer_id', 'valid_from'], values: ['new_customer_tag', 'valid_to'] },
};
