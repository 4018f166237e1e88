/**
 * SQL expressions over one `consumption` row under the alias `c`; the same rule as `paymentRest` in core (a test compares the two). An absent
 * part counts 0; a row with no part at all (a file without payment columns) is taken as paid in cash.
 */
const parts = [
  'c.cash_amount',
  'c.credit_amount',
  'c.coupon_amount',
  'c.flexi_purchase_coupon_amount',
  'c.stored_value_card_amount',
  'c.bonus_amount',
  'c.debt_amount',
  'c.write_off_amount',
] as const;

/** True for a row that says nothing about how it was paid. */
const noParts = `coalesce(${parts.join(', ')}) IS NULL`;

/** Cash of the row, 1e-8 yuan: the whole amount due where the row has no payment part. */
export const cashSql = `CASE WHEN ${noParts} THEN coalesce(c.amount_due, 0) ELSE coalesce(c.cash_amount, 0) END`;

/** Amount due − Σ payment parts, 1e-8 yuan; not 0 is `row.payment-parts`. */
export const paymentRestSql = `CASE WHEN ${noParts} THEN 0 ELSE coalesce(c.amount_due, 0) - ${parts.map((p) => `coalesce(${p}, 0)`).join(' - ')} END`;
