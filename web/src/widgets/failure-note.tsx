import { useEffect, useState } from 'react';
import type { Failure } from '../state/prediction/failure.ts';
import { failureText, goneImageText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';

/** What went wrong, and the next step: the page takes it after a while, or people press the button. */
export function FailureNote(props: {
  failure: Failure;
  /** Whether the page no longer has the image. */
  gone: boolean;
  onRetry: (() => void) | null;
}) {
  const { failure, onRetry } = props;
  const text = props.gone ? goneImageText(failure.code) : failureText(failure.code);
  const seconds = useSecondsUntil(failure.retryAt);
  return (
    <div className="failure" role="alert">
      <p className="failure-what">{text.what}</p>
      <p className="failure-next">
        {failure.code === 'unsupported-format' && texts.serviceWords
          ? (failure.detail ?? text.next)
          : text.next}{' '}
        {seconds !== null && <span aria-hidden="true">{texts.retryIn(seconds)}</span>}
      </p>
      {onRetry && (
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
