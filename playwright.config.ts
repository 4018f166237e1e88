import { defineConfig } from '@playwright/test';

// Chromium reads and writes file names by the locale, and a bare machine has none.
if (!/utf-?8/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '')) process.env['LC_ALL'] = 'C.UTF-8';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // What a test waits for comes; these only end one for which it never does, and a loaded machine is many times slower.
  timeout: 900_000,
  expect: { timeout: 300_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [['list']],
});
