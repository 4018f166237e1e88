/** `npm run sample`: writes the sample month, imports it into a fresh workspace, reconciles it and shows what was found. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './launch/fresh.mjs';
import { ensureInstalled } from './launch/install.mjs';
import { requireNode, run } from './launch/node.mjs';

ensureInstalled();
ensureBuilt(['node']);

const month = '2025-09';
/** Fictitious invoices for the sample's two payment requests: number, request, net, tax. */
const invoices = [
  ['25312000000000000017', 'SF2025090001', '17346.77', '1040.81'],
  ['25312000000000000025', 'SF2025090002', '6973.14', '418.39'],
];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-sample-'));
const workspace = path.join(folder, 'workspace');
const files = path.join(folder, 'files');
const hezhang = async (...args) => {
  process.stdout.write(`\n$ hezhang ${args.join(' ')}\n`);
  const code = await run(requireNode(), ['dist/main/cli.js', '--workspace', workspace, ...args]);
  if (code !== 0) process.exit(code);
};

await hezhang('sample', files);
await hezhang('import', files);
await hezhang('reconcile', month);
await hezhang('bridge', month);
await hezhang('findings', month);
for (const [number, request, net, tax] of invoices) {
  const typed = ['--number', number, '--kind', 'special', '--date', '2025-10-20', '--net', net, '--tax', tax, '--rate', '6%'];
  await hezhang('invoice', 'add', ...typed, '--request', request);
}
await hezhang('invoice-list', ...invoices.map((i) => i[1]), '--out', path.join(folder, '开票清单.pdf'));
process.stdout.write(`\n样例文件 / sample files: ${files}\n工作区 / workspace: ${workspace}\n`);
process.stdout.write(`打开窗口 / open it: npm start -- --workspace ${workspace}\n`);
