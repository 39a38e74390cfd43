/**
 * Resolves after `ms` milliseconds, or as soon as one of the signals is aborted. Safari has `AbortSignal.any` only since
 * 17.4.
 */
export function delay(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some(({ aborted }) => aborted)) return resolve();
    // A signal may outlive many delays: none leaves a listener behind.
    const end = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    for (const signal of signals) signal.addEventListener('abort', end);
  });
}
