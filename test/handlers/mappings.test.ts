import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, Method, Output } from '../../electron/contract.ts';
import { createApp, type App } from '../../electron/app.ts';
import { createFileRegistry, type FileRegistry } from '../../electron/files.ts';
import { resources } from '../../electron/resources.ts';

let folder: string;
let app: App;
let files: FileRegistry;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-mappings-'));
  files = createFileRegistry();
  app = createApp({ workspace: path.join(folder, 'w'), resources, host: 'cli', files, onEvent: () => undefined });
});
afterEach(async () => {
  await app.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await app.dispatch(method, input);
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value as Output<M>;
}
const put = (name: string, content: string): string => {
  fs.writeFileSync(path.join(folder, name), content);
  return files.register(path.join(folder, name));
};
const content = '期间,客户ID,订单号,产品类型,应付费用\n2025-09,c1,A,ECS,1.5\n2025-09,c1,B,ECS,1x\n';
const columns = { 期间: 'billingCycle', 应付费用: 'amountDue' };

describe('columns mapped by hand, through the app', () => {
  it('are previewed, committed, remembered, listed and forgotten', async () => {
    const tokens = [put('a.csv', content)];
    const seen = await call('imports.preview', { tokens });
    expect(seen.files[0]).toMatchObject({ status: 'needs-mapping', token: tokens[0] });
    const answers = { mappings: [{ kind: 'consumption' as const, columns }] };
    expect((await call('imports.preview', { tokens, answers })).files[0]).toMatchObject({ status: 'previewed' });
    expect(await call('mappings.list', {})).toEqual({ mappings: [] });
    expect((await call('imports.commit', { tokens, answers })).files[0]).toMatchObject({ status: 'imported' });
    const { mappings } = await call('mappings.list', {});
    expect(mappings).toMatchObject([{ version: 1, kind: 'consumption', applied: true, header: content.split('\n')[0]!.split(',') }]);
    expect(mappings[0]!.columns).toEqual(columns);
    expect((await call('imports.preview', { tokens: [put('b.csv', content.replace(',A,', ',C,'))] })).files[0]).toMatchObject({
      status: 'previewed',
    });
    expect(await call('mappings.remove', { signature: mappings[0]!.signature })).toEqual({ removed: 1 });
    expect((await call('imports.preview', { tokens: [put('b.csv', content.replace(',A,', ',C,'))] })).files[0]).toMatchObject({
      status: 'needs-mapping',
    });
  });

  it('must name fields of the kind, each once', async () => {
    const tokens = [put('a.csv', content)];
    const commit = (mapped: Record<string, string>) =>
      call('imports.commit', { tokens, answers: { mappings: [{ kind: 'consumption', columns: mapped }] } });
    await expect(commit({ 应付费用: 'performanceId' })).rejects.toThrow('mapping.field');
    await expect(commit({ 应付费用: 'amountDue', 期间: 'amountDue' })).rejects.toThrow('mapping.field');
    await expect(commit({})).rejects.toThrow('input.invalid');
  });

  it('can be to any field of a kind, by the names of the portal', async () => {
    const { kinds } = await call('imports.fields', {});
    expect(kinds.find((k) => k.kind === 'consumption')!.fields).toContainEqual({
      field: 'amountDue',
      name: { zh: '应付金额', en: 'Amount Due' },
      required: true,
    });
  });
});

describe('problems, through the app', () => {
  it('are written for a file before it is imported, and for an import of the history', async () => {
    const token = put('a.csv', content);
    const answers = { mappings: [{ kind: 'consumption' as const, columns }] };
    const before = await call('imports.problems', { token, answers });
    expect(before).toMatchObject({ name: '问题_a.xlsx', problems: 1 });
    expect(fs.statSync(files.resolve(before.token)).size).toBeGreaterThan(1000);
    const done = await call('imports.commit', { tokens: [token], answers });
    fs.rmSync(path.join(folder, 'a.csv'));
    expect(await call('imports.problems', { importId: done.files[0]!.importId!, language: 'en' })).toMatchObject({
      name: 'problems_a.xlsx',
      problems: 1,
    });
    await expect(call('imports.problems', { importId: 'none' })).rejects.toThrow('import.unknown');
    await expect(call('imports.problems', {})).rejects.toThrow('input.invalid');
  });
});
