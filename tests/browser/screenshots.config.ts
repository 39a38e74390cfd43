import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: takes the screenshots of the page for the README and docs/page.md. */
export default defineConfig({
  test: {
    name: 'screenshots',
    globalSetup: 'tests/setup.ts',
    include: ['tests/browser/screenshots.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
