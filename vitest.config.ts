import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'shared/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'e2e/run/**/*.test.ts',
      'e2e/fuzz/**/*.test.ts',
    ],
    environment: 'node',
    setupFiles: ['e2e/run/patience.ts'],
    // Many tests wait for sockets and clocks: more files at once than there are cores.
    maxWorkers: 3,
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 20_000,
  },
});
