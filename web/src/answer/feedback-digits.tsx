import type { KeyboardEvent } from 'react';
import type { Feedback, SaidDigit } from '../state/feedback.ts';
import { failureText, texts } from '../texts/texts.ts';

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** A button for each digit and one for none; below them why what was said is not kept, should it fail. */
export function FeedbackDigits(props: {
  feedback: Feedback;
  onSay: (digit: SaidDigit) => void;
  onClose: () => void;
}) {
  const { said, phase, failure } = props.feedback;

  function leave(event: KeyboardEvent) {
    if (event.key === 'Escape' && phase !== 'sending') props.onClose();
  }

  return (
    <fieldset className="feedback" aria-busy={phase === 'sending'} onKeyDown={leave}>
      <legend className="feedback-question">{texts.feedback.question}</legend>
      <div className="feedback-digits">
        {digits.map((digit) => (
          <SayButton key={digit} digit={digit} said={said} onSay={props.onSay} />
        ))}
        <SayButton digit={null} said={said} onSay={props.onSay} />
      </div>
      {failure && said !== undefined && (
        <p className="feedback-failure" role="alert">
          {texts.feedback.notKept} {failureText(failure.code).what}{' '}
          {failure.retryable && (
            <button type="button" className="text-button" onClick={() => props.onSay(said)}>
              {texts.retryNow}
            </button>
          )}
        </p>
      )}
    </fieldset>
  );
}

function SayButton(props: {
  digit: SaidDigit;
  said: SaidDigit | undefined;
  onSay: (digit: SaidDigit) => void;
}) {
  const { digit } = props;
  return (
    <button
      type="button"
      className="button feedback-digit"
      aria-pressed={digit === props.said}
      onClick={() => props.onSay(digit)}
    >
      {digit ?? texts.feedback.noDigit}
    </button>
  );
}
