/** Runs tasks in order, at most `max` at a time. The returned function resolves or rejects with its task. */
export function createConcurrencyLimit(max: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (task) => {
    if (running >= max) await new Promise<void>((start) => waiting.push(start));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // A waiting task takes over, so the count stays.
      if (next) next();
      else running -= 1;
    }
  };
}
