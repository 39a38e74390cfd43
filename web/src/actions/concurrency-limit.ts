/** Runs tasks in order, at most `limit` at a time. The returned function resolves or rejects with its task. */
export function createLanes(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (task) => {
    if (running >= limit) await new Promise<void>((turn) => waiting.push(turn));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // A waiting task takes this lane over, so the count stays.
      if (next) next();
      else running -= 1;
    }
  };
}
