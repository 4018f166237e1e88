import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApp, type OpenedApp } from '../handlers/opened-app.ts';

const head = '账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,交易类型,客户交易时间,应付金额,现金支付\n';
const line = (trade: string, amount: string): string =>
  `2025-09,c1,acme,代售,${trade},云主机,按需,消费,2025-09-10 08:00:00,${amount},${amount}\n`;

function dropped(app: OpenedApp, texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).map(([name, text]) => {
    const file = path.join(app.folder, name);
    fs.writeFileSync(file, text);
    return app.files.register(file);
  });
}
const one = head + line('A', '1.00') + line('B', '2.00');
const corrected = head + line('A', '1.00') + line('B', '3.00');

describe('files of one drop', () => {
  it('that contradict each other are asked about before anything is written', async () => {
    const app = openApp();
    const tokens = dropped(app, { '1.csv': one, '2.csv': corrected, '3.csv': head + line('C', '9.00') });
    const { files } = await app.call('imports.preview', { tokens });
    expect(files.map((f) => [f.status, f.differs?.map(({ rows, sameDrop }) => [rows, sameDrop])])).toEqual([
      ['previewed', undefined],
      ['previewed', [[1, true]]],
      ['previewed', undefined],
    ]);
    expect(files[1]!.differs![0]!.path).toContain('1.csv');
    expect((await app.call('imports.list', {})).imports).toEqual([]);
    expect(await app.call('workspace.verify', {})).toMatchObject({ ok: true });
  });

  it('are answered in their order: the second replaces the first', async () => {
    const app = openApp();
    const [first, second] = dropped(app, { '1.csv': one, '2.csv': corrected });
    await app.call('imports.commit', { tokens: [first!] });
    await app.call('imports.commit', { tokens: [second!], answers: { as: 'replacement' } });
    const { statements } = await app.call('month.status', { billingCycle: '2025-09' });
    expect(statements.find((s) => s.kind === 'consumption')).toMatchObject({ rows: 2, total: '4.00000000' });
  });

  it('that say the same or other things are not asked about, nor the same file twice', async () => {
    const app = openApp();
    const tokens = dropped(app, { '1.csv': one, '2.csv': head + line('B', '2.00') + line('C', '9.00'), '3.csv': one });
    const { files } = await app.call('imports.preview', { tokens });
    expect(files.map((f) => [f.status, f.differs])).toEqual([
      ['previewed', undefined],
      ['previewed', undefined],
      ['duplicate', undefined],
    ]);
  });

  it('are told of an earlier import and of each other', async () => {
    const app = openApp();
    await app.import('0.csv', head + line('B', '7.00'));
    const { files } = await app.call('imports.preview', { tokens: dropped(app, { '1.csv': one, '2.csv': corrected }) });
    expect(files.map((f) => f.differs?.map((d) => [path.basename(d.path), d.sameDrop]))).toEqual([
      [['0.csv', undefined]],
      [
        ['0.csv', undefined],
        ['1.csv', true],
      ],
    ]);
  });
});
