import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../electron/hosts/cli.ts';
import { openApp } from '../handlers/opened-app.ts';

const notice = [
  '购方名称：示例云计算（虚构）有限公司',
  '税号：914403001922038216',
  '邮寄地址：广东省深圳市示例路 8 号 李四 13800001111',
  '公共邮箱：fapiao@example.com',
].join('\n');

/** A real app with one request typed in from the command line, and the command line over it. */
async function withRequest() {
  const { workspace, call } = openApp();
  const hezhang = async (argv: readonly string[], piped?: Buffer) => {
    let [out, err] = ['', ''];
    const code = await runCli(['--workspace', path.resolve(workspace), 'request', ...argv], {
      stdout: { write: (text: string) => void (out += text) },
      stderr: { write: (text: string) => void (err += text) },
      isTTY: false,
      cwd: workspace,
      ...(piped && { stdin: (async function* () { yield piped.subarray(0, 7); yield piped.subarray(7); })() }), // prettier-ignore
    });
    return { code, out, err };
  };
  await hezhang(['type', 'SF1', '--cycle', '2025-09', '--amount', '1,060.00', '--tax-rate', '6%', '--buyer', '旧名', '--bills', 'JL1;JL2']);
  const stored = async () => (await call('requests.list', {})).requests[0];
  return { workspace, hezhang, stored };
}

describe('request type', () => {
  it('types a request in, then over what is given and nothing else', async () => {
    const { hezhang, stored } = await withRequest();
    expect(await stored()).toMatchObject({
      requestId: 'SF1',
      billingCycle: '2025-09',
      amount: '1060.00000000',
      taxRate: '6%',
      buyerName: '旧名',
      incentiveBillIds: ['JL1', 'JL2'],
    });
    const { code, out } = await hezhang(['type', 'SF1', '--phone', '13800001111', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      request: { recipientPhone: '13800001111', buyerName: '旧名', incentiveBillIds: ['JL1', 'JL2'] },
    });
  });

  it.each([
    [['type', 'SF1'], '--amount'],
    [['type', 'SF2', '--amount', '5'], '--cycle'],
    [['type', 'SF1', '--amount', '12,3x'], '12,3x'],
    [['type', 'SF1', '--amount', '5', '--courier', 'x'], '--courier'],
  ])('%j is refused', async (argv, told) => {
    const { hezhang } = await withRequest();
    const { code, err } = await hezhang(argv);
    expect([code, err.includes(told)]).toEqual([2, true]);
  });
});

describe('request notice', () => {
  it('shows what it says beside what is there, writes nothing before --save, and then only that', async () => {
    const { workspace, hezhang, stored } = await withRequest();
    fs.writeFileSync(path.join(workspace, 'notice.txt'), notice);
    const seen = await hezhang(['notice', 'SF1', '--text', 'notice.txt', '--json']);
    expect(JSON.parse(seen.out)).toEqual({
      notice: {
        requestId: 'SF1',
        saved: false,
        notes: [],
        fields: [
          { field: 'buyerName', value: '示例云计算（虚构）有限公司', labelled: true, now: '旧名', taken: true },
          { field: 'buyerTaxNumber', value: '914403001922038216', labelled: true, taken: true },
          { field: 'mailingAddress', value: '广东省深圳市示例路 8 号', labelled: true, taken: true },
          { field: 'recipient', value: '李四', labelled: true, taken: true },
          { field: 'recipientPhone', value: '13800001111', labelled: true, taken: true },
          { field: 'mailbox', value: 'fapiao@example.com', labelled: true, taken: true },
        ],
      },
    });
    expect(await stored()).toMatchObject({ buyerName: '旧名', mailbox: '' });
    expect((await hezhang(['notice', 'SF1', '--text', 'notice.txt'])).out).toContain('现为 旧名');
    const saved = await hezhang(['notice', 'SF1', '--text', 'notice.txt', '--save']);
    expect(saved.out).toContain('已写入申付单 SF1：6 项');
    expect(await stored()).toMatchObject({
      buyerName: '示例云计算（虚构）有限公司',
      recipient: '李四',
      recipientPhone: '13800001111',
      amount: '1060.00000000',
      incentiveBillIds: ['JL1', 'JL2'],
    });
  });

  it('is read from a pipe, also as GB18030; --only takes the fields named', async () => {
    const { hezhang, stored } = await withRequest();
    // 公共邮箱：a@example.com
    const gb = Buffer.concat([Buffer.from('b9abb9b2d3cacfe4a3ba', 'hex'), Buffer.from('a@example.com')]);
    expect((await hezhang(['notice', 'SF1', '--text', '-', '--save'], gb)).code).toBe(0);
    expect((await stored())?.mailbox).toBe('a@example.com');
    await hezhang(['notice', 'SF1', '--text', '-', '--save', '--only', 'mailbox,recipient'], Buffer.from(notice));
    expect(await stored()).toMatchObject({ mailbox: 'fapiao@example.com', recipient: '李四', buyerName: '旧名' });
  });

  it('never decides between two values, nor takes what only looks like one', async () => {
    const { hezhang, stored } = await withRequest();
    const two = Buffer.from('收票邮箱：a@example.com\n公共邮箱：b@example.com');
    expect(await hezhang(['notice', 'SF1', '--text', '-', '--save'], two)).toMatchObject({ code: 2 });
    const asked = await hezhang(['notice', 'SF1', '--text', '-', '--save', '--only', 'mailbox'], two);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('a@example.com | b@example.com')]);
    const bare = Buffer.from('请发到 c@example.com 谢谢');
    expect((await hezhang(['notice', 'SF1', '--text', '-', '--save'], bare)).code).toBe(2);
    expect((await stored())?.mailbox).toBe('');
    expect((await hezhang(['notice', 'SF1', '--text', '-', '--save', '--only', 'mailbox'], bare)).code).toBe(0);
    expect((await stored())?.mailbox).toBe('c@example.com');
  });

  it.each([
    [['notice', 'SF1'], '--text'],
    [['notice', 'SF1', '--text', 'missing.txt'], 'ENOENT'],
    [['notice', 'SF9', '--text', '-'], 'SF9'],
    [['notice', 'SF1', '--text', '-', '--only', 'mailbox'], '--save'],
    [['notice', 'SF1', '--text', '-', '--save', '--only', 'colour'], 'colour'],
  ])('%j is refused', async (argv, told) => {
    const { hezhang } = await withRequest();
    const { code, err } = await hezhang(argv, Buffer.from(notice));
    expect([code, err.includes(told)]).toEqual([2, true]);
  });

  it('refuses more text than a notice can have', async () => {
    const { hezhang } = await withRequest();
    expect((await hezhang(['notice', 'SF1', '--text', '-'], Buffer.alloc(90_000, 'x'))).err).toContain('80000');
  });
});
