#!/usr/bin/env node
/** `npx hezhang`: the command line on the Node that the lockfile pins, built first when its sources are newer. Starts on Node 20 too. */
import path from 'node:path';
import { ensureBuilt } from '../launch/fresh.mjs';
import { requireNode, root, run } from '../launch/node.mjs';

const args = process.argv.slice(2);
const node = requireNode();
ensureBuilt(args.includes('serve') ? ['node', 'renderer'] : ['node']);
const cli = path.join(root, 'dist/main/cli.js');
process.exitCode = await run(node, [cli, ...args], { cwd: process.cwd(), env: process.env });
