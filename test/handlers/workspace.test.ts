import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../electron/app.ts';
import { createFileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';

function open() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  const files = createFileRegistry();
  const app = createApp({ workspace: path.join(folder, 'w'), resources, host: 'cli', files, onEvent: () => undefined });
  onTestFinished(async () => {
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const call = async (method: string, input: unknown): Promise<unknown> => {
    const reply = await app.dispatch(method, input);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    return reply.value;
  };
  return { folder, files, call };
}

it('verify finds a kept original that was changed, and one that is gone', async () => {
  const { folder, files, call } = open();
  for (const month of ['2025-08', '2025-09']) {
    fs.writeFileSync(
      path.join(folder, `${month}.csv`),
      `申付单号,对账期次,激励账单ID,申付金额,税率,币种\nSF${month},${month},JL1,106.00,6%,CNY\n`,
    );
  }
  await call('imports.commit', { tokens: ['2025-08', '2025-09'].map((month) => files.register(path.join(folder, `${month}.csv`))) });
  expect(await call('workspace.verify', {})).toMatchObject({ ok: true, checked: { files: 2 }, faults: [] });
  const kept = fs
    .readdirSync(path.join(folder, 'w/files'))
    .map((name) => path.join(folder, 'w/files', name))
    .sort();
  fs.chmodSync(kept[0]!, 0o644);
  fs.appendFileSync(kept[0]!, ' ');
  fs.rmSync(kept[1]!);
  const damaged = await call('workspace.verify', {});
  expect(damaged).toMatchObject({ ok: false, faults: [{ code: 'file.changed' }, { code: 'file.missing' }] });
});

it('writes the empty tables with their headers, as text cells', async () => {
  const { folder, call } = open();
  const { files } = (await call('templates.write', { folder: path.join(folder, 'empty') })) as { files: string[] };
  expect(files.map((file) => path.basename(file))).toContain('申付单.xlsx');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(files.find((file) => file.endsWith('申付单.xlsx'))!);
  const sheet = workbook.worksheets[0]!;
  expect(sheet.getRow(1).values).toEqual(expect.arrayContaining(['申付单号', '对账期次', '激励账单ID', '申付金额']));
  expect(sheet.getColumn(1).numFmt).toBe('@');
  expect(sheet.rowCount).toBe(1);
});

it('an empty table to fill in is given for a table of the user’s own, refused for one that the portal exports', async () => {
  const { files, call } = open();
  const { token, name } = (await call('templates.get', { kind: 'policy' })) as { token: string; name: string };
  expect(name).toBe('激励政策.xlsx');
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(files.resolve(token));
  expect(book.worksheets[0]!.getRow(1).getCell(1).text).toBe('激励计划名称');
  await expect(call('templates.get', { kind: 'consumption' })).rejects.toThrow('template.none');
});
