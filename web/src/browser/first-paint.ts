/** Some browsers never report a paint: the page goes on after this. */
const PATIENCE_MS = 3000;

/**
 * Resolves after the first paint of the page's content, or at once in a hidden tab, which is not painted. A callback of
 * `requestAnimationFrame` would be too early: it runs before that frame is painted, and before React has rendered.
 */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length > 0) done();
    });
    const patience = setTimeout(done, PATIENCE_MS);
    function onVisibility(): void {
      if (document.hidden) done();
    }
    function done(): void {
      observer.disconnect();
      clearTimeout(patience);
      document.removeEventListener('visibilitychange', onVisibility);
      resolve();
    }
    observer.observe({ type: 'paint', buffered: true });
    document.addEventListener('visibilitychange', onVisibility);
    onVisibility();
  });
}
