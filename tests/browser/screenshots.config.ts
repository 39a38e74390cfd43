import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: takes the README's pictures of the page again. */
export default defineConfig({
  test: {
    name: 'screenshots',
    globalSetup: 'tests/setup.ts',
    include: ['tests/browser/screenshots.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
