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
const hezhang = async (...args) => {
  process.stdout.write(`\n$ hezhang ${args.join(' ')}\n`);
  const code = await run(requireNode(), ['dist/main/cli.js', '--workspace', workspace, ...args]);
  if (code !== 0) process.exit(code);
};

await hezhang('sample', files);
const data = fs.readdirSync(files).filter((name) => !name.endsWith('.md'));
await hezhang('import', ...data.map((name) => path.join(files, name)));
await hezhang('reconcile', month);
await hezhang('bridge', month);
await hezhang('findings', month);
process.stdout.write(`\n样例文件 / sample files: ${files}\n工作区 / workspace: ${workspace}\n`);
process.stdout.write(`打开窗口 / open it: npm start -- --workspace ${workspace}\n`);
