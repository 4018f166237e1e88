#!/usr/bin/env node
/** `npx hezhang …` inside the repository: installs and builds what is missing (told on stderr), then runs the command line on the right Node. */
import path from 'node:path';
import { ensureBuilt } from './launch/fresh.mjs';
import { ensureInstalled } from './launch/install.mjs';
import { requireNode, root, run } from './launch/node.mjs';

const args = process.argv.slice(2);
ensureInstalled();
ensureBuilt(args.includes('serve') ? ['node', 'renderer'] : ['node']);
// exceljs's zip writer still says Buffer(), which is no news to the person at the terminal (DEP0005).
// Paths on the command line are meant from where the person stands, not from the repository.
process.exitCode = await run(requireNode(), ['--disable-warning=DEP0005', path.join(root, 'dist/main/cli.js'), ...args], {
  cwd: process.cwd(),
});
