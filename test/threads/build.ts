import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { threads } from '../../scripts/vite.ts';

const builds = path.resolve(import.meta.dirname, '../../build');

/** Bundles the product's threads from the sources as they are now, once for the whole run; redirect.mjs finds them. */
export default async function setup(): Promise<() => void> {
  fs.mkdirSync(builds, { recursive: true });
  const folder = fs.mkdtempSync(path.join(builds, 'threads-'));
  await build({ logLevel: 'warn', ...threads(folder) });
  process.env['HEZHANG_TEST_THREADS'] = folder;
  return () => fs.rmSync(folder, { recursive: true, force: true });
}
