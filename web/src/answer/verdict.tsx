import type { ReactNode } from 'react';
import { isPending, type Reading } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { runnerUp, sureness } from '../widgets/confidence.ts';
import { Digit } from '../widgets/digit.tsx';
import { FailureNote } from '../widgets/failure-note.tsx';

/**
 * The digit that was read and how sure that is, or what stands in its place: an invitation, a wait, a failure.
 * `children` stand below the words.
 */
export function Verdict(props: { reading: Reading; onRetry: () => void; children: ReactNode }) {
  const { reading, onRetry } = props;
  const { answer, failure } = reading;
  const digit = answer?.result.predicted_digit ?? null;
  return (
    <div
      className="verdict"
      data-pending={isPending(reading)}
      data-stale={failure !== null}
      data-uncertain={answer?.result.uncertain === true}
    >
      <Digit digit={digit} className="verdict-digit" />
      <div className="verdict-words">
        {failure ? <FailureNote failure={failure} onRetry={onRetry} /> : <Words reading={reading} />}
        {props.children}
      </div>
    </div>
  );
}

function Words({ reading }: { reading: Reading }) {
  const result = reading.answer?.result;
  if (result && !reading.slow) {
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
  if (reading.phase === 'idle') {
    return (
      <>
        <p className="verdict-sure">{texts.inviteTitle}</p>
        <p className="verdict-next">{texts.invite}</p>
      </>
    );
  }
  const ahead = reading.prediction?.queue_position;
  return (
    <>
      <p className="verdict-sure verdict-wait">{texts.reading}</p>
      {reading.slow && (
        <p className="verdict-next">
          {texts.stillReading} {ahead ? texts.ahead(ahead) : ''}
        </p>
      )}
    </>
  );
}
