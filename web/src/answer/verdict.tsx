import type { ReactNode } from 'react';
import { isPending, type TrackedPrediction } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { runnerUp, sureness } from '../widgets/confidence.ts';
import { FailureNote } from '../widgets/failure-note.tsx';
import { WrittenDigit } from '../widgets/written-digit.tsx';
import { waitInWords } from './wait-in-words.ts';

/**
 * The predicted digit and how sure the network is, or in its place an invitation, a wait, or a failure.
 * `children` stand below the words.
 */
export function Verdict(props: {
  tracked: TrackedPrediction;
  /** Whether the page no longer has the image. */
  gone: boolean;
  /** Null when another try cannot help. */
  onRetry: (() => void) | null;
  children: ReactNode;
}) {
  const { tracked, gone, onRetry } = props;
  const { succeeded, failure } = tracked;
  const digit = succeeded?.result.predicted_digit ?? null;
  return (
    <div
      className="verdict"
      data-pending={isPending(tracked)}
      data-uncertain={succeeded?.result.uncertain === true}
    >
      <WrittenDigit digit={digit} className="verdict-digit" />
      <div className="verdict-words">
        {failure ? (
          <FailureNote failure={failure} gone={gone} onRetry={onRetry} />
        ) : (
          <Words tracked={tracked} />
        )}
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
        <p className="visually-hidden">{result.predicted_digit}</p>
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
  const isSending = tracked.slow && tracked.phase !== 'following';
  return (
    <>
      <p className="verdict-sure verdict-wait">{isSending ? texts.sending : texts.reading}</p>
      {tracked.slow && <p className="verdict-next">{waitInWords(tracked)}</p>}
    </>
  );
}
