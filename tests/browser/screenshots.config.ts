import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: takes the pictures of the page that the README and docs/page.md show. */
export default defineConfig({
  test: {
    name: 'screenshots',
    globalSetup: 'tests/setup.ts',
    include: ['tests/browser/screenshots.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
