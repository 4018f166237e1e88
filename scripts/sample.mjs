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
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-sample-'));
const workspace = path.join(folder, 'workspace');
const files = path.join(folder, 'files');
const steps = [
  ['sample', files],
  ['import', files],
  ['reconcile', month],
  ['bridge', month],
  ['findings', month],
];

for (const step of steps) {
  process.stdout.write(`\n$ hezhang ${step.join(' ')}\n`);
  const code = await run(requireNode(), ['dist/main/cli.js', '--workspace', workspace, ...step]);
  if (code !== 0) process.exit(code);
}
process.stdout.write(`\n样例文件 / sample files: ${files}\n工作区 / workspace: ${workspace}\n`);
process.stdout.write(`打开窗口 / open it: npm start -- --workspace ${workspace}\n`);
