import { expect, test } from 'vitest';
import { cashSql, paymentRestSql } from '../../../db/reconciling/payment-parts.ts';
import { paymentRest } from '../../../electron/core/judging/payment-parts.ts';
import { insert, openTestDb } from '../rows.ts';

const names = ['cash', 'credit', 'coupon', 'flexi_purchase_coupon', 'stored_value_card', 'bonus', 'debt', 'write_off'] as const;

test('the SQL expression and the pure rule agree on every mixture of absent, zero and filled parts', () => {
  const db = openTestDb();
  const expected: bigint[] = [];
  for (let mask = 0; mask < 3 ** 4; mask++) {
    const part = (i: number): bigint | null => ([null, 0n, BigInt(7 * i + 3)] as const)[Math.floor(mask / 3 ** (i % 4)) % 3] ?? null;
    const values = Object.fromEntries(names.map((n, i) => [`${n}_amount`, part(i)]));
    insert(db, 'consumption', { cycle: '2025-09', customer_id: 'c', amount_due: 50n, ...values });
    const [cash, credit, coupon, flexiPurchaseCoupon, storedValueCard, bonus, debt, writeOff] = names.map((_, i) => part(i)) as (
      bigint | null
    )[];
    const parts = { cash, credit, coupon, flexiPurchaseCoupon, storedValueCard, bonus, debt, writeOff } as Parameters<
      typeof paymentRest
    >[1];
    expected.push(paymentRest(50n, parts));
  }
  expect(db.prepare(`SELECT ${paymentRestSql} FROM consumption c ORDER BY id`).pluck().all()).toEqual(expected);
  expect(db.prepare(`SELECT ${cashSql} FROM consumption c ORDER BY id LIMIT 1`).pluck().get()).toBe(50n);
});
