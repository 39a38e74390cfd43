/** Who waits for a paint that the browser never tells of, goes on after this. */
const PATIENCE_MS = 3000;

/**
 * Resolves once the page has been painted with something on it; at once where nobody sees it, for a hidden tab is not
 * painted. A frame's callbacks would be too early: they run before that frame is painted, and before React has drawn.
 */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length > 0) done();
    });
    const patience = setTimeout(done, PATIENCE_MS);
    function seen(): void {
      if (document.hidden) done();
    }
    function done(): void {
      observer.disconnect();
      clearTimeout(patience);
      document.removeEventListener('visibilitychange', seen);
      resolve();
    }
    observer.observe({ type: 'paint', buffered: true });
    document.addEventListener('visibilitychange', seen);
    seen();
  });
}
