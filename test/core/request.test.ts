import { describe, expect, it } from 'vitest';
import { uniteRows, type RequestRow } from '../../electron/core/request.ts';
import { yuan } from '../db/rows.ts';

interface File {
  readonly order: string;
  readonly exportedAt?: string;
}
const row = (
  { order, exportedAt = '' }: File,
  billingCycle: string,
  amount: string,
  bills: readonly string[],
  status?: string,
): RequestRow => ({
  billingCycle,
  amount: yuan(amount),
  ...(bills.length > 0 && { incentiveBillIds: bills }),
  ...(status !== undefined && { status }),
  version: { order, exportedAt },
});
/** The amount and bills, the same whatever the order of the rows. */
function united(...rows: RequestRow[]): string {
  const both = [rows, rows.toReversed()].map((some) => uniteRows(some));
  const [one, other] = both.map(({ fields, summedRows }) => {
    const amount = String((fields.amount ?? 0n) / 1_000_000n);
    return `${fields.billingCycle} ${amount} ${fields.incentiveBillIds?.join(';')} ${fields.status ?? '-'} of ${summedRows}`;
  });
  expect(other).toBe(one);
  return one!;
}
const first: File = { order: 'f1' };
const second: File = { order: 'f2' };
const dated = (order: string, day: string): File => ({ order, exportedAt: `2025-10-${day} 08:00:00` });

describe('the rows of one request', () => {
  it('count once where the same bills stand in two months with the same amount', () => {
    expect(united(row(first, '2025-08', '100', ['B2', 'B1']), row(first, '2025-09', '100', ['B1', 'B2']))).toBe(
      '2025-09 10000 B1;B2 - of 1',
    );
    expect(united(row(first, '2025-08', '100', ['B1']), row(second, '2025-09', '100', ['B1']))).toBe('2025-09 10000 B1 - of 1');
  });

  it('are added where they are for different bills, in one file or in two', () => {
    expect(united(row(first, '2025-09', '100', ['B1']), row(first, '2025-09', '-30', ['B2']))).toBe('2025-09 7000 B1;B2 - of 2');
    expect(united(row(first, '2025-08', '100', ['B1']), row(second, '2025-09', '-30', ['B2']))).toBe('2025-09 7000 B1;B2 - of 2');
  });

  it('give way to the corrected amount of a later month’s file', () => {
    expect(united(row(second, '2025-08', '100', ['B1']), row(first, '2025-09', '90', ['B1']))).toBe('2025-09 9000 B1 - of 1');
    expect(united(row(second, '2025-08', '100', ['B1']), row(first, '2025-09', '150', ['B1', 'B2']))).toBe('2025-09 15000 B1;B2 - of 1');
    expect(united(row(second, '2025-08', '100', []), row(first, '2025-09', '90', []))).toBe('2025-09 9000  - of 1');
    expect(united(row(second, '2025-08', '100', ['B1']), row(first, '2025-09', '90', []))).toBe('2025-09 9000 B1 - of 1');
  });

  it('are ranked by status, then export time, then month', () => {
    const early = row(dated('f1', '01'), '2025-09', '100', ['B1'], '支付中');
    const late = row(dated('f2', '20'), '2025-10', '90', ['B1'], '待伙伴开票');
    expect(united(early, late)).toBe('2025-10 10000 B1 支付中 of 1');
    expect(
      united(row(dated('f1', '01'), '2025-10', '100', ['B1'], '审核中'), row(dated('f2', '20'), '2025-09', '90', ['B1'], '驳回')),
    ).toBe('2025-10 9000 B1 驳回 of 1');
    expect(united(row(dated('f1', '20'), '2025-09', '100', ['B1']), row(second, '2025-09', '90', ['B1']))).toBe('2025-09 10000 B1 - of 1');
  });

  it('keep what the latest file leaves empty from the one before', () => {
    const { version, ...bare } = row(second, '2025-09', '90', ['B1']);
    const named = { ...row(first, '2025-08', '100', ['B1']), buyerName: '旧名', mailbox: 'a@example.com' };
    expect(uniteRows([named, { ...bare, version, buyerName: '新名' }]).fields).toMatchObject({
      amount: yuan('90'),
      buyerName: '新名',
      mailbox: 'a@example.com',
    });
  });
});
