import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most files wait for disks, sockets and processes: with as many as there are cores, one is idle half of the time.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/build-once.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/build-once.ts', 'test/support/scenes-once.ts'],
          // A window keeps one core busy with drawing, and its test little else.
          maxWorkers: 2,
          // A window under load answers late, and is right all the same.
          expect: { poll: { timeout: 30_000, interval: 50 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
