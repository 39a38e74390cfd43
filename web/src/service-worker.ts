import { firstPaint } from './browser/first-paint.ts';

/** Until then a slow phone has better things to fetch than what a later visit needs. */
const PAUSE_MS = 3000;

/** Lets the browser keep the page, so that it opens without the service and can be installed. */
export async function keepPage(): Promise<void> {
  // Only where the address is secure.
  if (!navigator.serviceWorker) return;
  await firstPaint();
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  try {
    await navigator.serviceWorker.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' });
  } catch {
    // Private windows, settings, and the dev server, which has none: the page works without.
  }
}
