import fs from 'node:fs';
import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Output } from '../../electron/contract.ts';
import { formatMoney, parseMoney } from '../../electron/core/money.ts';
import { pairName } from '../../electron/core/wording/bridges.ts';
import { readWorkbook, valuesOf, type Value } from '../exporting/reading.ts';
import { openApp, type OpenedApp } from './opened-app.ts';

const billingCycle = '2025-09';
let app: OpenedApp;
let found: Output<'findings.list'>['findings'];

/** The sample month, with an invoice that is our own mistake. */
beforeAll(async () => {
  app = openApp(afterAll);
  await app.call('sample.import', {});
  const { requests } = await app.call('requests.list', { billingCycle });
  const invoice = { number: '25312000000358032546', kind: 'special', date: '2025-11-05', net: '1', tax: '0.06', rate: '6%' } as const;
  await app.call('invoices.add', { ...invoice, requestId: requests[0]!.requestId });
  found = (await app.call('month.reconcile', { billingCycle })).findings;
});

const openDisputes = () => found.filter(({ severity, status }) => severity === 'dispute' && status === 'open');
const open = async (token: string): Promise<ExcelJS.Workbook> => readWorkbook(app.files.resolve(token));
/** A sheet as objects by header. */
function table(sheet: ExcelJS.Worksheet | undefined): Record<string, Value>[] {
  const [head, ...rows] = valuesOf(sheet);
  return rows.map((row) => Object.fromEntries(head!.map((name, index) => [String(name), row[index] ?? null])));
}
const exact = (cell: Value | undefined): string => formatMoney(parseMoney(String(cell))!);

it('the dispute pack has every open dispute, exactly, and never a mistake of ours', async () => {
  expect(found.map(({ severity }) => severity)).toContain('fix');
  const { files, keys } = await app.call('month.dispute', { billingCycle });
  expect(files.map(({ name }) => name)).toEqual([`问题反馈_${billingCycle}.xlsx`, `问题反馈_${billingCycle}.txt`]);
  expect(keys).toEqual(openDisputes().map(({ key }) => key));
  const listed = table((await open(files[0]!.token)).getWorksheet('差异'));
  expect(listed.map((row) => [row['唯一键'], row['代码'], exact(row['我方核对应为']), exact(row['贵方数据']), exact(row['差额'])])).toEqual(
    openDisputes().map((f) => [f.key, f.code, f.expected, f.stated, f.difference]),
  );
  const text = fs.readFileSync(app.files.resolve(files[1]!.token), 'utf8');
  for (const { feedback } of openDisputes()) expect(text).toContain(feedback);
  for (const { feedback } of found.filter(({ severity }) => severity !== 'dispute')) expect(text).not.toContain(feedback);
});

it('the dispute pack shows the rows of both sides of each finding, as the window does', async () => {
  const { files } = await app.call('month.dispute', { billingCycle });
  const book = await open(files[0]!.token);
  const lines = book.worksheets.filter(({ name }) => name.startsWith('证据')).flatMap((sheet) => table(sheet));
  for (const [index, { key, rows }] of openDisputes().entries()) {
    const mine = lines.filter((line) => line['序号'] === index + 1);
    const places = mine.map((line) => [line['文件'], line['工作表'], line['行号']].join('|')).sort();
    expect(places).toEqual([...rows.left, ...rows.right].map(({ file, sheet, row }) => [file, sheet, row].join('|')).sort());
    const { sides } = await app.call('findings.evidence', { key });
    for (const { file, header, rows: shown } of sides.flatMap(({ tables }) => tables)) {
      const orders = header.indexOf('订单号/交易号');
      for (const { row, cells } of shown) {
        if (orders < 0) continue;
        expect(mine.find((line) => line['文件'] === file && line['行号'] === row)?.['订单号/交易号']).toBe(cells[orders]);
      }
    }
  }
});

it('the dispute pack changes nothing; what is marked is not in the next one', async () => {
  const { keys } = await app.call('month.dispute', { billingCycle });
  expect(await app.call('month.dispute', { billingCycle })).toMatchObject({ keys });
  await app.call('findings.mark', { keys: keys.slice(0, 2), status: 'disputed' });
  expect((await app.call('month.dispute', { billingCycle })).keys).toEqual(keys.slice(2));
  await app.call('findings.mark', { keys: keys.slice(0, 2), status: 'open' });
});

it.each(['zh', 'en'] as const)('the report (%s) has the answers, files, checks, findings and a sheet for each bridge', async (language) => {
  const { token, name } = await app.call('month.report', { billingCycle, language });
  expect(name).toMatch(/2025-09\.xlsx$/);
  const book = await open(token);
  const { bridges } = await app.call('month.bridges', { billingCycle });
  const built = bridges.filter((bridge) => 'left' in bridge);
  const named = built.map(({ pair }) => pairName(pair)[language].slice(0, 31));
  expect(book.worksheets.slice(2).map((sheet) => sheet.name)).toEqual(named);
  for (const [index, bridge] of built.entries()) {
    const amounts = valuesOf(book.worksheets[index + 2]).slice(3, 3 + bridge.steps.length + 3);
    const expected = [bridge.left.total, ...bridge.steps.map(({ amount }) => amount), bridge.unexplained, bridge.right.total];
    expect(amounts.map((row) => exact(row[1]!))).toEqual(expected);
  }
  expect(book.worksheets[1]!.rowCount).toBe(found.length + 1);
  const summary = valuesOf(book.worksheets[0]).flat();
  const { answers } = await app.call('month.answers', { billingCycle });
  const amounts = answers.flatMap(({ amount }) => (amount === undefined ? [] : [amount.replace(/\.?0+$/, '')]));
  expect(amounts).toHaveLength(4);
  expect(summary.map(String)).toEqual(expect.arrayContaining(amounts));
  const { checks } = await app.call('month.checks', { billingCycle });
  for (const { code } of checks) expect(summary).toContain(code);
  expect(book.worksheets[0]!.pageSetup).toMatchObject({ paperSize: 9, fitToPage: true, fitToHeight: 1, fitToWidth: 1 });
});

it('neither is made of a month that is not reconciled as it stands', async () => {
  for (const method of ['month.dispute', 'month.report'] as const) {
    expect((await app.refused(method, { billingCycle: '2025-08' })).code).toBe('not-reconciled');
  }
  await app.call('settings.set', { key: 'creditCounts', value: 'false' });
  expect((await app.refused('month.dispute', { billingCycle })).code).toBe('not-reconciled');
  await app.call('settings.set', { key: 'creditCounts', value: 'true' });
});
