import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { portalWord } from '../../electron/core/portal-words.ts';
import { openApp } from './opened-app.ts';

const bill = `账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,消费时间,客户消费金额,结算金额,应还金额
2025-09,c1,acc1,代售,CS1,云硬盘,按需,消费-使用,2025-09-03 10:00:00,2025-09-03 08:00:00 ~ 2025-09-03 09:00:00,10.00,8.00,8.00
`;
const consumption = `账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付
2025-09,c1,acc1,代售,CS1,云硬盘,按需,消费,2025-09-03 10:00:00,9.50,9.50
`;
const ledger = `收支明细流水号,交易时间,交易类型,收支类型,变更金额,变更后余额,订单号,账户类型
F1,2025-09-01 00:00:00,充值,收入,100.00,100.00,,充值账户
F2,2025-09-03 10:00:00,消费,支出,7.00,93.00,CS9,充值账户
`;

it('evidence holds every column that was read, the amount of an account entry too, and says what each was read as', async () => {
  const app = openApp();
  await app.import('账单.csv', bill);
  await app.import('消费.csv', consumption);
  await app.import('收支.csv', ledger);
  await app.call('month.reconcile', { billingCycle: '2025-09' });
  const { findings } = await app.call('findings.page', { billingCycle: '2025-09' });
  const rowsOf = async (code: string) => {
    const { sides } = await app.call('findings.evidence', { key: findings.find((f) => f.code === code)!.key });
    return sides.flatMap(({ tables }) =>
      tables.map((t) => ({ kind: t.kind, ...Object.fromEntries(t.fields.map((field, i) => [field, t.rows[0]!.cells[i]])) })),
    );
  };
  const [line, charge] = await rowsOf('bill.amount');
  expect(line).toMatchObject({ kind: 'partner-bill', billingCycle: '2025-09', billType: '5', customerAmount: '10.00', amountDue: '8.00' });
  expect(line).toMatchObject({ consumedAt: '2025-09-03 08:00:00 ~ 2025-09-03 09:00:00' });
  expect(charge).toMatchObject({ kind: 'consumption', billType: 'consumption', amountDue: '9.50' });
  expect((await rowsOf('account.deduction-without-bill'))[0]).toMatchObject({ changeAmountPrinted: '-7.00', direction: 'out' });
});

it('stored tokens have the portal’s words in both languages; anything else has none', () => {
  expect(portalWord('billType', '5')).toEqual({ zh: '消费-使用', en: 'Expenditure - use' });
  expect(portalWord('associationType', 'resale')?.zh).toBe('代售');
  expect(portalWord('accountName', 'resale')).toBeUndefined();
  expect(portalWord('billType', 'toString')).toBeUndefined();
});

it('a file that a host copied is recorded and told under the name that the person knows', async () => {
  const app = openApp();
  const copy = path.join(app.folder, 'copy-x', 'ledger.csv');
  fs.mkdirSync(path.dirname(copy));
  fs.writeFileSync(copy, ledger);
  const tokens = [app.files.register(copy, '下载/九月/收支.csv')];
  expect((await app.call('imports.preview', { tokens })).files[0]).toMatchObject({ path: '下载/九月/收支.csv', token: tokens[0] });
  await app.call('imports.commit', { tokens });
  expect((await app.call('imports.list', {})).imports.map((i) => i.path)).toEqual(['下载/九月/收支.csv']);
  expect(JSON.stringify(app.events)).not.toContain('copy-x');
});
