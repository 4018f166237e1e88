/**
 * Loaded by every process and thread of a test run: the product's threads start from the bundle made for this run, as they do in the product, and
 * not from some two hundred sources that each thread would read and strip of their types anew.
 */
import fs from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const folder = process.env['HEZHANG_TEST_THREADS'];
const jobs = pathToFileURL(path.resolve(import.meta.dirname, '../../electron/jobs')).href;

if (folder !== undefined && !isMainThread) {
  const bundled = new Map(
    fs.readdirSync(folder).map((name) => [`${jobs}/${path.parse(name).name}.ts`, pathToFileURL(path.join(folder, name)).href]),
  );
  registerHooks({
    resolve(specifier, context, next) {
      const url = bundled.get(specifier);
      return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true };
    },
  });
}
