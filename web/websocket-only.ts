import type { Plugin } from 'vite';

/** Files of engine.io-client, with what stands in their place. */
const SUBSTITUTES = [
  [
    /\/engine\.io-client\/build\/esm\/transports\/index\.js$/,
    "import { WS as websocket } from './websocket.js'; export const transports = { websocket };",
  ],
  [/\/engine\.io-client\/build\/esm\/transports\/polling-xhr\.js$/, 'export const XHR = null;'],
] as const;

/** Leaves the transports that the page never uses out of socket.io's client: they are a fifth of its size. */
export function websocketOnly(): Plugin {
  return {
    name: 'websocket-only',
    apply: 'build',
    load: (id) => SUBSTITUTES.find(([file]) => file.test(id))?.[1] ?? null,
  };
}
