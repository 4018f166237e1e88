import type { Texts } from '../zh.ts';

/** The user's own tables. */
export const ownTables: Texts['ownTables'] = {
  title: 'Tables of your own',
  hint: 'The portal does not export these. Fill one in and import it like any file; a changed one replaces it.',
  import: 'To Import',
  empty: 'Empty table…',
  columns: { table: 'Table', state: 'State', file: 'Imported', why: 'What it is for' },
  why: {
    policy: 'The rates of your contract: incentive = performance × rate. Without it no incentive is checked.',
    'product-policy': 'Products without performance, without rebate or settled monthly. Without it all are assumed to count.',
    'manager-history': 'Which manager a customer had at what time. Without it managers are not checked.',
    'association-history': 'When a customer became referral or resale, and of which reseller.',
    'coupon-map': 'Which flexi-purchase coupons count as performance. Without it none is assumed to.',
    customer: 'Full names and new-customer tags. Without it the tags are not checked.',
    'bill-summary': "The bill's total as the portal's page shows it, where there is no export.",
    'payment-request': 'Payment requests where there is no export; they can be typed under Invoices too.',
  },
};
