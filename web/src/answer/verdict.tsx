import type { ReactNode } from 'react';
import { isNumber } from '../state/prediction/read-number.ts';
import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { runnerUp } from '../widgets/confidence.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { WrittenDigits } from '../widgets/digits/written-digits.tsx';
import { FailureNote } from '../widgets/failure-note.tsx';
import { QueuePlace } from '../widgets/queue-place.tsx';
import { ResultWords } from '../widgets/result-words.tsx';
import { waitInWords } from './wait-in-words.ts';

/**
 * The digit or the number that was read and how sure the network is, or in its place a wait or a failure.
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
  const result = succeeded?.result;
  const doubts = result && isNumber(result) ? result.digits.map(({ uncertain }) => uncertain) : [];
  return (
    <div
      className="verdict"
      data-uncertain={result?.uncertain === true}
      data-number={result !== undefined && isNumber(result)}
    >
      <WrittenDigits text={result?.text ?? ''} doubts={doubts} className="verdict-digit" />
      <div className="verdict-words">
        {failure ? (
          <FailureNote failure={failure} gone={gone} onRetry={onRetry} />
        ) : (
          <Words tracked={tracked} doubts={doubts.filter(Boolean).length} />
        )}
        {props.children}
      </div>
    </div>
  );
}

function Words({ tracked, doubts }: { tracked: TrackedPrediction; doubts: number }) {
  const result = tracked.succeeded?.result;
  if (result && !tracked.slow) {
    const next = runnerUp(result);
    const { text } = result;
    return (
      <>
        <ResultWords result={result} doubts={doubts} />
        {next && (
          <p className="verdict-next">{texts.nextBest(next.digit, texts.percent(next.probability))}</p>
        )}
        {isNumber(result) && (
          <CopyButton key={text} label={texts.copyNumber} text={text} className="text-button" />
        )}
      </>
    );
  }
  const isSending = tracked.slow && tracked.phase !== 'following';
  return (
    <>
      <p className="verdict-sure">{isSending ? texts.sending : texts.reading}</p>
      {tracked.slow && (
        <p className="verdict-next">
          {waitInWords(tracked)} {tracked.prediction && <QueuePlace prediction={tracked.prediction} />}
        </p>
      )}
      {isSending && tracked.upload && (
        <progress value={tracked.upload.sent} max={tracked.upload.total} aria-label={texts.sending} />
      )}
    </>
  );
}
