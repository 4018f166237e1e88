import { describe, expect, it } from 'vitest';
import { findRequest, importedRequest, incentiveNames, listRequests, saveTypedRequest } from '../../db/requests.ts';
import { insert, openTestDb, yuan } from './rows.ts';

const at = '2025-11-20 10:00:00';

describe('payment requests', () => {
  it('are read from the rows in force, with amounts exact', () => {
    const db = openTestDb();
    const row = { cycle: '2025-09', request_id: 'SF2', incentive_bill_ids: 'B1;B2', tax_rate: yuan('0.06'), buyer_name: '购方' };
    insert(db, 'payment-request', { ...row, amount: yuan('90071993000.01') });
    insert(db, 'payment-request', { ...row, request_id: 'SF1', amount: yuan('1') });
    insert(db, 'payment-request', { ...row, request_id: 'SF9', amount: yuan('5'), in_force: 0n });
    expect(listRequests(db).map(({ request }) => request.requestId)).toEqual(['SF1', 'SF2']);
    expect(findRequest(db, 'SF2')).toMatchObject({
      request: { amount: yuan('90071993000.01'), incentiveBillIds: ['B1', 'B2'], taxRate: yuan('0.06'), buyerName: '购方', mailbox: '' },
      summedRows: 1,
    });
    expect(findRequest(db, 'SF9')).toBeUndefined();
  });

  it('follow the files where nothing was typed, and what was typed elsewhere', () => {
    const db = openTestDb();
    insert(db, 'payment-request', {
      cycle: '2025-09',
      request_id: 'SF1',
      amount: yuan('100'),
      buyer_name: '旧名',
      mailbox: 'a@example.com',
    });
    saveTypedRequest(db, 'SF1', '2025-09', { buyerName: '新名', amount: yuan('99.99'), taxRate: yuan('0.03') }, at);
    expect(findRequest(db, 'SF1')?.request).toMatchObject({
      buyerName: '新名',
      amount: yuan('99.99'),
      taxRate: yuan('0.03'),
      mailbox: 'a@example.com',
    });
    expect(importedRequest(db, 'SF1')?.fields).toMatchObject({ buyerName: '旧名', amount: yuan('100') });
    saveTypedRequest(db, 'SF1', '2025-09', {}, at);
    expect(findRequest(db, 'SF1')?.request).toMatchObject({ buyerName: '旧名', amount: yuan('100') });
  });

  it('have the recipient of the letter from the file, and what is typed wins', () => {
    const db = openTestDb();
    const row = { cycle: '2025-09', request_id: 'SF1', amount: yuan('1') };
    insert(db, 'payment-request', { ...row, recipient: '张三', recipient_phone: '13800001111' });
    expect(findRequest(db, 'SF1')?.request).toMatchObject({ recipient: '张三', recipientPhone: '13800001111' });
    saveTypedRequest(db, 'SF1', '2025-09', { recipient: '李四' }, at);
    expect(findRequest(db, 'SF1')?.request).toMatchObject({ recipient: '李四', recipientPhone: '13800001111' });
  });

  it('can be typed alone', () => {
    const db = openTestDb();
    saveTypedRequest(db, 'T1', '2025-08', { billingCycle: '2025-08', amount: yuan('5'), incentiveBillIds: ['B'] }, at);
    expect(findRequest(db, 'T1')).toMatchObject({
      request: { billingCycle: '2025-08', amount: yuan('5'), incentiveBillIds: ['B'] },
      summedRows: 0,
    });
  });

  it('take name and association type of their bills from the newest summary', () => {
    const db = openTestDb();
    const row = { incentive_bill_id: 'B1', amount: 0n };
    insert(db, 'incentive-summary', { ...row, cycle: '2025-08', incentive_name: '旧', association_type: 'resale' });
    insert(db, 'incentive-summary', { ...row, cycle: '2025-09', incentive_name: '新', association_type: 'referral' });
    expect(incentiveNames(db, ['B1', 'B2'])).toEqual([
      { id: 'B1', name: '新', associationType: 'referral' },
      { id: 'B2', name: '', associationType: '' },
    ]);
  });
});
