import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/threads/build.ts'],
    execArgv: ['--import', path.resolve(import.meta.dirname, 'test/threads/redirect.mjs')],
    testTimeout: 30_000,
    passWithNoTests: false,
    coverage: { provider: 'v8', include: ['electron/**', 'db/**'], reporter: ['text-summary', 'lcov'] },
  },
});
