import type { KeyboardEvent } from 'react';
import type { FeedbackDigit, FeedbackState } from '../state/prediction/feedback.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** A button for each digit and one for none; below them, after a failure, why the service has not saved the choice. */
export function FeedbackDigits(props: {
  feedback: FeedbackState;
  onChoose: (digit: FeedbackDigit) => void;
  onClose: () => void;
}) {
  const { chosen, phase, failure } = props.feedback;

  function leave(event: KeyboardEvent) {
    if (event.key === 'Escape' && phase !== 'sending') props.onClose();
  }

  return (
    <fieldset className="feedback" aria-busy={phase === 'sending'} onKeyDown={leave}>
      <legend className="feedback-question">{texts.feedback.question}</legend>
      <div className="feedback-digits">
        {DIGITS.map((digit) => (
          <DigitButton key={digit} digit={digit} chosen={chosen} onChoose={props.onChoose} />
        ))}
        <DigitButton digit={null} chosen={chosen} onChoose={props.onChoose} />
      </div>
      {failure && chosen !== undefined && (
        <p className="feedback-failure" role="alert">
          {texts.feedback.notSaved} {failureText(failure.code).what}{' '}
          {failure.retryable && (
            <button type="button" className="text-button" onClick={() => props.onChoose(chosen)}>
              {texts.retryNow}
            </button>
          )}
        </p>
      )}
    </fieldset>
  );
}

function DigitButton(props: {
  digit: FeedbackDigit;
  chosen: FeedbackDigit | undefined;
  onChoose: (digit: FeedbackDigit) => void;
}) {
  const { digit } = props;
  return (
    <button
      type="button"
      className="button feedback-digit"
      aria-pressed={digit === props.chosen}
      onClick={() => props.onChoose(digit)}
    >
      {digit ?? texts.feedback.noDigit}
    </button>
  );
}
