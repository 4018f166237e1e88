import { defineConfig } from '@playwright/test';

// Chromium reads and writes file names by the locale, and a bare machine has none.
if (!/utf-?8/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '')) process.env['LC_ALL'] = 'C.UTF-8';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [['list']],
});
