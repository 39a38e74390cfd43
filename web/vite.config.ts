import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';

/** Where `vite` (the dev server) finds a running api; the built page is served by the api itself. */
const API_URL = 'http://localhost:8000';

export default defineConfig({
  base: '/ui/',
  plugins: [react(), compress()],
  build: {
    target: 'es2022',
    // The page's Content-Security-Policy allows neither inline scripts nor inline styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/activity': API_URL,
      '/predictions': API_URL,
      '/batches': API_URL,
      '/socket.io': { target: API_URL, ws: true },
    },
  },
});
