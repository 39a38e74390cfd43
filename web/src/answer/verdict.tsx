import type { ReactNode } from 'react';
import { isPending, type TrackedPrediction } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { runnerUp, sureness } from '../widgets/confidence.ts';
import { FailureNote } from '../widgets/failure-note.tsx';
import { WrittenDigit } from '../widgets/written-digit.tsx';

/**
 * The predicted digit and how sure the network is, or in its place an invitation, a wait, or a failure.
 * `children` stand below the words.
 */
export function Verdict(props: { tracked: TrackedPrediction; onRetry: () => void; children: ReactNode }) {
  const { tracked, onRetry } = props;
  const { succeeded, failure } = tracked;
  const digit = succeeded?.result.predicted_digit ?? null;
  return (
    <div
      className="verdict"
      data-pending={isPending(tracked)}
      data-stale={failure !== null}
      data-uncertain={succeeded?.result.uncertain === true}
    >
      <WrittenDigit digit={digit} className="verdict-digit" />
      <div className="verdict-words">
        {failure ? <FailureNote failure={failure} onRetry={onRetry} /> : <Words tracked={tracked} />}
        {props.children}
      </div>
    </div>
  );
}

function Words({ tracked }: { tracked: TrackedPrediction }) {
  const result = tracked.succeeded?.result;
  if (result && !tracked.slow) {
    const next = runnerUp(result);
    return (
      <>
        <p className="verdict-sure">{texts.sure[sureness(result)]}</p>
        <p className="verdict-percent">{texts.percent(result.confidence)}</p>
        {result.uncertain && <p className="verdict-hint">{texts.uncertain}</p>}
        {next && (
          <p className="verdict-next">{texts.nextBest(next.digit, texts.percent(next.probability))}</p>
        )}
      </>
    );
  }
  if (tracked.phase === 'idle') {
    return (
      <>
        <p className="verdict-sure">{texts.inviteTitle}</p>
        <p className="verdict-next">{texts.invite}</p>
      </>
    );
  }
  const ahead = tracked.prediction?.queue_position;
  return (
    <>
      <p className="verdict-sure verdict-wait">{texts.reading}</p>
      {tracked.slow && (
        <p className="verdict-next">
          {texts.stillReading} {ahead ? texts.ahead(ahead) : ''}
        </p>
      )}
    </>
  );
}
