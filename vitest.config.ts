import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/threads/build.ts'],
    execArgv: ['--import', path.resolve(import.meta.dirname, 'test/threads/redirect.mjs')],
    // Tests wait for states; these only end one whose state never comes, and a loaded machine is many times slower.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 120_000 } },
    // By default one core is left idle, which on two cores is half of them.
    maxWorkers: os.availableParallelism(),
    passWithNoTests: false,
    coverage: { provider: 'v8', include: ['electron/**', 'db/**'], reporter: ['text-summary', 'lcov'] },
  },
});
