import { useEffect, useState } from 'react';
import type { Failure } from '../state/failure.ts';
import { failureText, texts } from '../texts/texts.ts';

/** What went wrong, and the next step: the page takes it after a while, or people press the button. */
export function FailureNote({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const text = failureText(failure.code);
  const seconds = useSecondsUntil(failure.retryAt);
  return (
    <div className="failure" role="alert" data-code={failure.code}>
      <p className="failure-what">{text.what}</p>
      <p className="failure-next">
        {text.next} {seconds !== null && <span aria-hidden="true">{texts.retryIn(seconds)}</span>}
      </p>
      {failure.retryable && (
        <button type="button" className="button" onClick={onRetry}>
          {texts.retryNow}
        </button>
      )}
    </div>
  );
}

/** Whole seconds from now until `at`, on the clock of `performance.now()`; null when `at` is. */
export function useSecondsUntil(at: number | null): number | null {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (at === null) return;
    setNow(performance.now());
    const ticks = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(ticks);
  }, [at]);
  return at === null ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
