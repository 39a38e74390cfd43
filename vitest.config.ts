import { defineConfig } from 'vitest/config';

// Tests that need other programs (browsers, proxies, Docker, Python) are separate projects; `npm test` leaves them out.
const APART = ['browser', 'firefox', 'lighthouse', 'compose', 'proxy', 'schemathesis'].map(
  (name) => `tests/${name}/**`,
);

export default defineConfig({
  test: {
    globalSetup: 'tests/setup.ts',
    // Most tests wait more than they compute; on two cores the default is to run one file after the other.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{shared,api,worker,web,scripts,bench}/src/**/*.test.{ts,tsx}',
            'models/{evaluation,training}/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/**/*.test.ts'],
          exclude: APART,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'firefox',
          include: ['tests/firefox/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'lighthouse',
          include: ['tests/lighthouse/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'proxy',
          include: ['tests/proxy/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'schemathesis',
          include: ['tests/schemathesis/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'compose',
          include: ['tests/compose/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
