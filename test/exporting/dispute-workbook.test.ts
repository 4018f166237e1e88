import { expect, it } from 'vitest';
import { parseMoney } from '../../electron/core/money.ts';
import {
  disputeText,
  writeDisputeWorkbook,
  type DisputedFinding,
  type DisputePack,
  type EvidenceLine,
} from '../../electron/exporting/dispute-workbook.ts';
import { readWorkbook, temporaryFile, valuesOf } from './reading.ts';

const money = (text: string): bigint => parseMoney(text)!;

const finding = (number: number, change: Partial<DisputedFinding>): DisputedFinding => ({
  number,
  key: `bill.amount|2025-09|c|${number}`,
  code: 'bill.amount',
  customerId: '05f1',
  accountName: 'hw_a',
  tradeId: '12345678901234567890',
  productType: '云硬盘',
  recordId: null,
  performanceId: null,
  expected: money('10'),
  stated: money('12.5'),
  difference: money('2.5'),
  zh: '多计 2.50',
  candidates: [
    { code: 'a', zh: '一', en: 'one' },
    { code: 'b', zh: '二', en: 'two' },
  ],
  feedback: `【账单与消费金额不符】\n第 ${number} 条`,
  rows: 2,
  rowsOmitted: 0,
  ...change,
});
const line = (number: number, row: number): EvidenceLine => ({
  number,
  file: '账单.xlsx',
  sheet: '明细',
  row,
  cells: ['12345678901234567890', money('2.5')],
});

const pack = (change: Partial<DisputePack> = {}): DisputePack => ({
  cycle: '2025-09',
  at: '2025-10-05 12:00:00',
  runId: 'r1',
  sendings: [],
  findings: [
    finding(1, {}),
    finding(2, { expected: money('12345678.12345678'), stated: 0n, difference: money('-12345678.12345678') }),
    finding(3, { code: 'performance.missing', difference: money('-1') }),
  ],
  evidence: [{ name: '伙伴账单明细', header: ['订单号', '结算金额'], count: 3, lines: [line(1, 5), line(1, 6), line(2, 9)] }],
  ...change,
});

it('sums up by code, exactly', async () => {
  const file = temporaryFile('p.xlsx');
  await writeDisputeWorkbook(file, pack());
  const summary = valuesOf((await readWorkbook(file)).getWorksheet('汇总'));
  expect(summary.slice(3)).toEqual([
    ['代码', '问题', '条数', '差额合计（贵方 − 我方，元）'],
    ['bill.amount', '账单与消费金额不符', 2, '-12345675.62345678'],
    ['performance.missing', '有消费而无业绩', 1, -1],
    ['合计', null, 3, '-12345676.62345678'],
  ]);
});

it('lists every finding with its fields: ids and long amounts as text, the others as numbers', async () => {
  const file = temporaryFile('p.xlsx');
  await writeDisputeWorkbook(file, pack());
  const [head, first, second] = valuesOf((await readWorkbook(file)).getWorksheet('差异'));
  const at = (row: typeof first, name: string) => row![head!.indexOf(name)];
  expect(
    ['序号', '代码', '客户ID', '订单号/交易号', '我方核对应为', '贵方数据', '差额', '原因', '可能的解释', '反馈内容'].map((name) =>
      at(first, name),
    ),
  ).toEqual([1, 'bill.amount', '05f1', '12345678901234567890', 10, 12.5, 2.5, '多计 2.50', '一；二', '【账单与消费金额不符】\n第 1 条']);
  expect([at(second, '我方核对应为'), at(second, '贵方数据'), at(second, '差额')]).toEqual(['12345678.12345678', 0, '-12345678.12345678']);
});

it('shows the evidence as in the files, on further sheets where one is full', async () => {
  const file = temporaryFile('p.xlsx');
  await writeDisputeWorkbook(file, pack(), 2);
  const book = await readWorkbook(file);
  expect(book.worksheets.map(({ name }) => name)).toEqual(['汇总', '差异', '证据 伙伴账单明细', '证据 伙伴账单明细 2']);
  const head = ['序号', '文件', '工作表', '行号', '订单号', '结算金额'];
  expect(valuesOf(book.worksheets[2])).toEqual([
    head,
    [1, '账单.xlsx', '明细', 5, '12345678901234567890', 2.5],
    [1, '账单.xlsx', '明细', 6, '12345678901234567890', 2.5],
  ]);
  expect(valuesOf(book.worksheets[3])).toEqual([head, [2, '账单.xlsx', '明细', 9, '12345678901234567890', 2.5]]);
});

it('a month with nothing to dispute gives a pack that says so', async () => {
  const file = temporaryFile('p.xlsx');
  const empty = pack({ findings: [], evidence: [] });
  await writeDisputeWorkbook(file, empty);
  const book = await readWorkbook(file);
  expect(book.worksheets).toHaveLength(2);
  expect(valuesOf(book.getWorksheet('汇总')).at(-1)).toEqual(['合计', null, 0, 0]);
  expect(disputeText(empty)).toBe('问题反馈　账期 2025-09　共 0 条\n');
});

it('puts the texts one after another, each as it is to be pasted', () => {
  const text = disputeText(pack());
  expect(text.split('\n\n').slice(0, 2)).toEqual(['问题反馈　账期 2025-09　共 3 条', '—— 1 ——\n【账单与消费金额不符】\n第 1 条']);
  expect(text.endsWith('第 3 条\n')).toBe(true);
});
