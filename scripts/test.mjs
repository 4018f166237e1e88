/** `npm test`: installs what is missing, then runs every check in order and stops at the first that fails. Ends with "N passed, 0 failed". */
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './launch/install.mjs';
import { environment, requireNode, root, run } from './launch/node.mjs';
import { ensureSystem } from './launch/system.mjs';

const reports = path.join(root, 'build/reports');
const unitReport = path.join(reports, 'unit.json');
const e2eReport = path.join(reports, 'e2e.json');
const tool = (name) => path.join(root, 'node_modules', name);

const steps = [
  { name: 'build', args: ['scripts/build.ts'] },
  { name: 'lint', args: [tool('oxlint/bin/oxlint'), '--deny-warnings'] },
  { name: 'format', args: [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'types', args: [tool('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the window', args: [tool('typescript/bin/tsc'), '-p', 'renderer/tsconfig.json'] },
  { name: 'tests', args: [tool('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`] },
  {
    name: 'end to end',
    args: [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
  },
  { name: 'package', args: ['scripts/check-package.ts'] },
];

ensureInstalled();
ensureSystem();
fs.rmSync(reports, { recursive: true, force: true });
const node = requireNode();
for (const { name, args, env = {} } of steps) {
  const began = Date.now();
  process.stdout.write(`== ${name}\n`);
  const code = await run(node, args, { env: environment(env) });
  process.stdout.write(`== ${name}: ${code === 0 ? 'ok' : `failed (exit ${code})`}, ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  if (code === 0) continue;
  process.stdout.write(`${counts(1)}, stopped at "${name}"\n`);
  process.exit(code);
}
process.stdout.write(`${counts(0)}\n`);

/** The sum of both reports, as far as they were written; a step that failed without a failing test counts as one failure. */
function counts(stepsFailed) {
  const unit = read(unitReport);
  const e2e = read(e2eReport)?.stats;
  const passed = (unit?.numPassedTests ?? 0) + (e2e?.expected ?? 0);
  const failed = (unit?.numFailedTests ?? 0) + (e2e?.unexpected ?? 0) + (e2e?.flaky ?? 0);
  return `${passed} passed, ${Math.max(failed, stepsFailed)} failed`;
}

function read(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}
