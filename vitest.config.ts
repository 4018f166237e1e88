import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    passWithNoTests: false,
    coverage: { provider: 'v8', include: ['electron/**', 'db/**'], reporter: ['text-summary', 'lcov'] },
  },
});
