import type { Failure } from '../state/failure.ts';
import { pathOf } from '../state/place.ts';
import { resultFailureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { useSecondsUntil } from '../widgets/failure-note.tsx';

/** Why a link shows no result, and what to do next. */
export function ResultNotice({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const { what, next } = resultFailureText(failure.code);
  const seconds = useSecondsUntil(failure.retryAt);
  return (
    <section className="notice" role="alert" data-code={failure.code}>
      <h2 className="notice-what">{what}</h2>
      <p className="notice-next">
        {next} {seconds !== null && <span aria-hidden="true">{texts.retryIn(seconds)}</span>}
      </p>
      <div className="notice-steps">
        {failure.retryable && (
          <button type="button" className="button" onClick={onRetry}>
            {texts.retryNow}
          </button>
        )}
        <a className="button" href={pathOf({ name: 'desk' })} data-place>
          {texts.result.drawNew}
        </a>
      </div>
    </section>
  );
}
