import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { fileChecks } from '../../../db/reconciling/files.ts';
import { rowChecks } from '../../../db/reconciling/rows.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const cycle = '2025-09';
const base = { cycle, customer_id: 'c1', trade_id: 't1', product_type: '云主机', billing_mode: 'payPerUse' };
const row = (db: WriteDb, more: Values) => insert(db, 'consumption', { ...base, ...more });

describe('rows', () => {
  const run = (db: WriteDb) => {
    const { findings, checks } = rowChecks.run(runContext(db, cycle));
    return { findings, checks, brief: findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
  };

  test('payment parts; in the performance bridge where there is one', () => {
    const db = openTestDb();
    const wrong = row(db, { amount_due: yuan('10'), cash_amount: yuan('6'), debt_amount: yuan('3') });
    row(db, { amount_due: yuan('10'), cash_amount: yuan('6'), coupon_amount: yuan('4') });
    row(db, { amount_due: yuan('8') });
    const { brief, findings } = run(db);
    expect(brief).toEqual([['row.payment-parts', 'c1|t1', yuan('9'), yuan('10')]]);
    expect(findings[0]).toMatchObject({ left: [wrong], tradeId: 't1' });
    expect(findings[0]?.bridge).toBeUndefined();
    insert(db, 'performance', { cycle, customer_id: 'c1', amount: 0n });
    expect(run(db).findings[0]?.bridge).toEqual({ pair: 'consumption-performance', amount: yuan('-1') });
  });

  test('list price: truncation as printed, else less than a cent and of the row’s sign, none for orders', () => {
    const db = openTestDb();
    const priced = (list: string, discount: string, due: string, more: Values = {}) =>
      row(db, { list_price: yuan(list), discount_amount: yuan(discount), amount_due: yuan(due), ...more });
    priced('10.005', '1', '9', { truncated_amount: yuan('0.005') });
    priced('10.005', '1', '9');
    priced('-10.005', '-1', '-9');
    priced('11', '1', '9', { trade_id: 'a', truncated_amount: 0n });
    priced('10.01', '1', '9', { trade_id: 'b' });
    priced('9.995', '1', '9', { trade_id: 'c' });
    priced('10.005', '1', '9', { trade_id: 'd', billing_mode: 'yearlyMonthly' });
    expect(run(db).brief).toEqual([
      ['row.list-price', 'c1|a', yuan('10'), yuan('11')],
      ['row.list-price', 'c1|b', yuan('10'), yuan('10.01')],
      ['row.list-price', 'c1|c', yuan('10'), yuan('9.995')],
      ['row.list-price', 'c1|d', yuan('10'), yuan('10.005')],
    ]);
  });

  test('an adjustment, or dropped fractions charged later, with no list price', () => {
    const db = openTestDb();
    const priced = (trade: string, list: string, more: Values) =>
      row(db, { trade_id: trade, list_price: yuan(list), discount_amount: 0n, amount_due: yuan('-5'), ...more });
    priced('compensation', '0', { bill_class: 'adjustment' });
    priced('fractions', '0', { bill_type: 25n, bill_class: 'consumption', amount_due: yuan('0.03') });
    priced('priced', '-4', { bill_class: 'adjustment' });
    priced('use', '0', { bill_class: 'consumption' });
    expect(run(db).brief.map(([, key]) => key)).toEqual(['c1|priced', 'c1|use']);
  });

  test('a printed truncation makes the list price only where so much can be truncated', () => {
    const db = openTestDb();
    const priced = (trade: string, list: string, truncated: string, more: Values = {}) =>
      row(db, {
        trade_id: trade,
        list_price: yuan(list),
        discount_amount: 0n,
        amount_due: yuan('10'),
        truncated_amount: yuan(truncated),
        ...more,
      });
    priced('sound', '10.00999999', '0.00999999');
    priced('none', '10', '0', { billing_mode: 'yearlyMonthly' });
    priced('refund', '-10.005', '-0.005', { amount_due: yuan('-10') });
    priced('cent', '10.01', '0.01');
    priced('much', '15', '5');
    priced('negative', '9.995', '-0.005');
    priced('yearly', '10.005', '0.005', { billing_mode: 'yearlyMonthly' });
    priced('wrong', '10', '5');
    priced('by day', '10.35', '0.35', { trade_id: null });
    expect(run(db).brief).toEqual([
      ['row.list-price', 'c1|cent', yuan('10'), yuan('10.01')],
      ['row.list-price', 'c1|much', yuan('10'), yuan('15')],
      ['row.list-price', 'c1|negative', yuan('10'), yuan('9.995')],
      ['row.list-price', 'c1|yearly', yuan('10'), yuan('10.005')],
      ['row.list-price', 'c1|wrong', yuan('15'), yuan('10')],
    ]);
  });

  test('skipped where the columns, or the whole file, are not there', () => {
    const db = openTestDb();
    expect(run(db).checks.map((c) => c.skipped)).toEqual([expect.stringContaining('消费明细'), expect.stringContaining('消费明细')]);
    const only = row(db, { amount_due: yuan('1') });
    expect(run(db).checks.map((c) => c.skipped)).toEqual([expect.stringContaining('支付方式'), expect.stringContaining('官网价')]);
    db.prepare('DELETE FROM consumption WHERE id = ?').run(only);
    expect(run(db).checks.map((c) => c.skipped)).toEqual([undefined, undefined]);
  });
});

describe('files', () => {
  const run = (db: WriteDb) => {
    const { findings, checks } = fileChecks.run(runContext(db, cycle));
    return { findings, checks, brief: findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
  };

  test('a printed total is the sum above it, exactly or rounded once', () => {
    const db = openTestDb();
    const sheet = row(db, { amount_due: 0n }) / 16_777_216n;
    const total = (line: bigint, column: string, stated: string, computed: string) =>
      db.prepare('INSERT INTO control_total VALUES (?, ?, ?, ?, ?)').run(sheet, line, column, yuan(stated), yuan(computed));
    total(9n, '应付金额', '12.5', '12');
    total(9n, '现金支付', '12.01', '12.00612345');
    total(9n, '优惠金额', '3', '3');
    const { brief, findings, checks } = run(db);
    expect(brief).toEqual([['file.control-total', 'consumption||应付金额', yuan('12'), yuan('12.5')]]);
    expect(findings[0]?.left).toEqual([sheet * 16_777_216n + 9n]);
    expect(checks[0]).toEqual({ code: 'file.control-total', compared: 3 });
  });

  test('a printed total may be that of the signed amounts, or of the sheets so far; another is held against the nearest', () => {
    const db = openTestDb();
    const first = row(db, { amount_due: yuan('100') }) / 16_777_216n;
    const columns = 'name, kind, header_row, header, columns, rows, accepted';
    const added = db.prepare(`INSERT INTO sheet (import, position, ${columns}) SELECT import, 1, ${columns} FROM sheet`).run();
    const second = added.lastInsertRowid as bigint;
    db.prepare('INSERT INTO sheet_cycle (sheet, cycle, rows) VALUES (?, ?, 2)').run(second, cycle);
    for (const [line, amount] of ['50', '-30'].entries())
      row(db, { id: second * 16_777_216n + BigInt(line + 2), amount_due: yuan(amount) });
    db.prepare('UPDATE sheet SET header = ?, columns = ?').run('["客户ID","应付金额 "]', '{"customerId":0,"amountDue":1}');
    const said = (stated: string) => {
      db.exec('DELETE FROM control_total');
      db.prepare('INSERT INTO control_total VALUES (?, 4, ?, ?, ?)').run(second, '应付金额', yuan(stated), yuan('80'));
      return run(db).brief.map(([, , expected]) => expected);
    };
    expect(['80', '20', '120'].map(said)).toEqual([[], [], []]);
    expect(['79', '19', '121'].map(said)).toEqual([[yuan('80')], [yuan('20')], [yuan('120')]]);
    db.prepare('UPDATE sheet SET rows = 3, accepted = 2 WHERE id = ?').run(first);
    expect(said('120')).toEqual([yuan('80')]);
  });

  test('the total of a file over several months is told once, in the newest of them, whichever of its months a later file took over', () => {
    const db = openTestDb();
    const sheet = row(db, { amount_due: 0n }) / 16_777_216n;
    for (const month of ['2025-07', '2025-11'])
      db.prepare('INSERT INTO sheet_cycle (sheet, cycle, rows) VALUES (?, ?, 1)').run(sheet, month);
    db.prepare('INSERT INTO control_total VALUES (?, ?, ?, ?, ?)').run(sheet, 9n, '应付金额', yuan('12.5'), yuan('12'));
    const told = () =>
      ['2025-07', cycle, '2025-11'].map((month) => {
        const { findings, checks } = fileChecks.run(runContext(db, month));
        return [findings.length, checks[0]!.compared, checks[0]!.skipped !== undefined];
      });
    const [no, yes] = [[0, 0, true], [1, 1, false]]; // prettier-ignore
    expect(told()).toEqual([no, no, yes]);
    db.prepare("UPDATE sheet_cycle SET in_force = 0 WHERE cycle = '2025-11'").run();
    expect(told()).toEqual([no, no, yes]);
    db.prepare('UPDATE sheet_cycle SET in_force = 0').run();
    expect(told()).toEqual([no, no, no]);
  });

  test('one row with two amounts in two files', () => {
    const db = openTestDb();
    const kept = row(db, { list_price: yuan('5') });
    const other = row(db, { list_price: yuan('6'), in_force: 0n });
    const conflict = db.prepare('INSERT INTO overlap_conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    conflict.run('consumption', cycle, 'c1 t1', kept, other, 'list_price', yuan('5'), yuan('6'));
    db.prepare('UPDATE sheet SET header = ?, columns = ?').run('["客户ID","官网价 "]', '{"customerId":0,"listPrice":1}');
    const { brief, findings } = run(db);
    expect(brief).toEqual([['file.overlap-conflict', 'consumption||list_price|c1 t1', yuan('5'), yuan('6')]]);
    expect(findings[0]).toMatchObject({ left: [kept], right: [other] });
    expect(findings[0]?.reason.zh).toContain('「官网价」不同');
    expect(findings[0]?.reason.en).toContain('"官网价"');
  });

  test('one row with two texts in two files, or with an amount in one of them only', () => {
    const db = openTestDb();
    const conflict = db.prepare('INSERT INTO overlap_conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const moved = (to: string): bigint => insert(db, 'performance-transfer', { cycle, trade_id: 't1', transferred_to: to });
    conflict.run('performance-transfer', cycle, 't1', moved('乙'), moved('丙'), 'transferred_to', 0n, 0n);
    conflict.run('consumption', cycle, 't2', row(db, {}), row(db, { coupon_amount: yuan('5') }), 'coupon_amount', 0n, yuan('5'));
    expect(run(db).findings.map((f) => f.reason)).toMatchObject([
      { zh: expect.stringContaining('采用 空，另一份为 5.00。'), en: expect.stringContaining('nothing is used, the other says 5.00.') },
      { zh: expect.stringContaining('采用 “乙”，另一份为 “丙”。'), en: expect.stringContaining('"乙" is used, the other says "丙".') },
    ]);
  });

  test('a row of the own tables in two files is ours to mend, and told where neither file is the newer', () => {
    const db = openTestDb();
    const conflict = db.prepare('INSERT INTO overlap_conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const rates = ['0.05', '0.06'].map((rate) => insert(db, 'policy', { plan_name: '基础', method: 'perRow', rate: yuan(rate) }));
    const policies = [2n, 13n].map((policy) => insert(db, 'product-policy', { product_type: '云主机', policy, monthly_settled: 0n }));
    conflict.run('policy', '', '基础', ...rates, 'rate', yuan('0.05'), yuan('0.06'));
    conflict.run('product-policy', '', '云主机', ...policies, 'policy', 2n, 13n);
    const { findings } = run(db);
    expect(findings.map((f) => [f.severity, f.expected, f.stated])).toEqual([
      ['fix', 0n, 0n],
      ['fix', 0n, 0n],
    ]);
    expect(findings.map((f) => f.reason)).toMatchObject([
      { zh: expect.stringContaining('采用 5%，另一份为 6%。') },
      { zh: expect.stringContaining('采用 无业绩无返点，另一份为 有业绩无返点。') },
    ]);
  });

  test('the same rows in two looks in two files are told once', () => {
    const db = openTestDb();
    const [kept, other] = [row(db, { amount_due: yuan('5') }), row(db, { amount_due: yuan('5'), in_force: 0n })];
    db.prepare('INSERT INTO same_rows VALUES (?, ?, ?, ?, 40, ?, 40, 0, 40, 0, ?)').run(
      'consumption',
      cycle,
      kept,
      other,
      yuan('790'),
      '[{"header":"客户ID","lacking":"other","what":"column"},{"header":"交易时间","lacking":"other","what":"seconds"}]',
    );
    const { findings } = run(db);
    expect(findings).toMatchObject([{ code: 'file.overlap-conflict', stated: yuan('790'), left: [kept], right: [other] }]);
    expect(findings[0]?.reason.zh).toBe(
      '消费明细有 40 行在两份文件中除「客户ID」（另一份没有）、「交易时间」（另一份没有秒）外完全相同，只计了一次；另一份的这些行合计 790.00，未计入。',
    );
    expect(findings[0]?.reason.en).toContain(
      '40 rows are alike in two files but for "客户ID" (the other lacks it), "交易时间" (the other has no seconds)',
    );
  });

  test('skipped where no file has a total and none overlap', () => {
    const db = openTestDb();
    row(db, { amount_due: 0n });
    for (const check of run(db).checks) expect(check.skipped).toBeDefined();
  });
});
