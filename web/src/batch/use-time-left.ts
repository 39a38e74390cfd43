import { useEffect, useRef, useState } from 'react';
import { type Sample, timeLeftMs, withSample } from './time-left.ts';

const TICK_MS = 1000;

/** Whole seconds until all have ended, in milliseconds, at the rate of the last seconds; null where nobody knows. */
export function useTimeLeft(ended: number, all: number): number | null {
  const samples = useRef<readonly Sample[]>([]);
  const [left, setLeft] = useState<number | null>(null);
  const remaining = all - ended;

  useEffect(() => {
    samples.current = withSample(samples.current, { at: performance.now(), ended });
  }, [ended]);

  useEffect(() => {
    if (remaining === 0) return setLeft(null);
    const ticks = setInterval(() => {
      const ms = timeLeftMs(samples.current, remaining, performance.now());
      setLeft(ms === null ? null : Math.max(1, Math.ceil(ms / 1000)) * 1000);
    }, TICK_MS);
    return () => clearInterval(ticks);
  }, [remaining]);

  return left;
}
