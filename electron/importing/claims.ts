import type { Kind } from '../core/kinds.ts';
import type { Header } from './headers.ts';
import { kindSpecs } from './kinds/list.ts';
import { mapColumns } from './mapping.ts';

/**
 * The kinds that claim a header, by the precedence of the handbook (exports §3): the user's own tables first (several may claim: a tie), then the
 * first rule that fits.
 */
export function claimants(headers: readonly Header[]): Kind[] {
  const maps = new Map<Kind, ReadonlyMap<string, number>>();
  const has = (kind: Kind, ...fields: readonly string[]): boolean => {
    let index = maps.get(kind);
    if (!index) maps.set(kind, (index = mapColumns(kindSpecs[kind], headers).index));
    return fields.every((field) => index.has(field));
  };
  const own = ownTables(has, headers);
  if (own.length > 0) return own;
  const fitting = rules.find(([, fits]) => fits(has));
  return fitting ? [fitting[0]] : [];
}

type Has = (kind: Kind, ...fields: readonly string[]) => boolean;

function ownTables(has: Has, headers: readonly Header[]): Kind[] {
  const onlyCustomer = (): boolean => mapColumns(kindSpecs.customer, headers).fields.every((f) => f !== undefined);
  const claims: readonly (readonly [Kind, boolean])[] = [
    ['policy', has('policy', 'planName', 'method', 'rate')],
    ['product-policy', has('product-policy', 'productType', 'policy')],
    ['manager-history', has('manager-history', 'customerId', 'accountManager', 'validFrom')],
    ['association-history', has('association-history', 'customerId', 'associationType', 'validFrom')],
    ['coupon-map', has('coupon-map', 'couponId', 'counts')],
    ['sub-account', has('sub-account', 'subCustomerId', 'customerId')],
    ['customer', has('customer', 'customerId', 'newCustomerTag') && (has('customer', 'validFrom') || onlyCustomer())],
  ];
  return claims.filter(([, fits]) => fits).map(([kind]) => kind);
}

const customer = (has: Has): boolean =>
  has('consumption', 'customerId') || has('consumption', 'accountName') || has('consumption', 'customerName');
const product = (has: Has): boolean =>
  has('consumption', 'productType') || has('consumption', 'productTypeCode') || has('consumption', 'productName');

const rules: readonly (readonly [Kind, (has: Has) => boolean])[] = [
  ['performance-transfer', (has) => has('performance-transfer', 'transferredFrom', 'transferredTo')],
  ['indicator', (has) => has('indicator', 'indicatorName', 'indicatorValue')],
  ['bill-summary', (has) => has('bill-summary', 'amountDue', 'refundAmount') && !customer(has)],
  ['payment-request', (has) => has('payment-request', 'requestId')],
  [
    'incentive',
    (has) =>
      has('incentive', 'incentiveRowId') ||
      (has('incentive', 'incentiveBillId') && (has('incentive', 'tradeId') || customer(has) || has('incentive', 'performanceId'))),
  ],
  ['performance', (has) => has('performance', 'performanceId')],
  ['performance-summary', (has) => has('performance-summary', 'statementId')],
  ['incentive-summary', (has) => has('incentive-summary', 'incentiveBillId')],
  [
    'partner-bill',
    (has) =>
      customer(has) &&
      (has('partner-bill', 'settlementRate') || has('partner-bill', 'settlementType') || has('partner-bill', 'settlementAmount')),
  ],
  ['account-statement', (has) => has('account-statement', 'balanceAfter') || has('account-statement', 'direction', 'tradeType')],
  ['order', (has) => has('order', 'tradeId', 'paidAt', 'status')],
  [
    'consumption',
    (has) =>
      has('consumption', 'amountDue') &&
      (has('consumption', 'tradeId') || has('consumption', 'resourceId') || has('consumption', 'usageAmount')),
  ],
  ['consumption-summary', (has) => has('consumption-summary', 'amountDue') && customer(has) && product(has)],
  ['adjustment', (has) => has('adjustment', 'operation') && (has('adjustment', 'transactionId') || has('adjustment', 'operatedAt'))],
];
