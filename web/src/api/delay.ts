/**
 * Resolves after `ms` milliseconds, or as soon as one of the signals is aborted. Safari has `AbortSignal.any` only since
 * 17.4.
 */
export function delay(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some(({ aborted }) => aborted)) return resolve();
    const timer = setTimeout(resolve, ms);
    for (const signal of signals) {
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
