import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';
import { noDescriptions } from './no-descriptions.ts';
import { serviceWorker } from './service-worker/plugin.ts';
import { websocketOnly } from './websocket-only.ts';

/** Where `vite` (the dev server) finds a running api; the built page is served by the api itself. */
const API_URL = 'http://localhost:8000';

export default defineConfig(({ command }) => ({
  // Relative to the address that index.html names: the api may be served under any path.
  base: command === 'build' ? './' : '/ui/',
  plugins: [react(), websocketOnly(), noDescriptions(), serviceWorker(), compress()],
  build: {
    // The oldest browsers that the page is for: see docs/page.md.
    target: ['chrome111', 'edge111', 'firefox121', 'safari16.4'],
    // The page's Content-Security-Policy allows neither inline scripts nor inline styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The first view in one file: cut into what it shares with each late part, it is 20 files, which compress worse.
        codeSplitting: { groups: [{ name: 'first-view', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    proxy: {
      '/activity': API_URL,
      '/console': API_URL,
      '/models': API_URL,
      '/predictions': API_URL,
      '/batches': API_URL,
      '/socket.io': { target: API_URL, ws: true },
    },
  },
}));
