import type { FeedbackActions, FeedbackTarget } from '../actions/feedback-actions.ts';
import { type FeedbackState, findFeedback } from '../state/feedback.ts';
import { isRetryable, type PageImage } from '../state/page.ts';
import { digitInView, isNumber } from '../state/read-number.ts';
import { isStale, type TrackedPrediction } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { Announcer } from './announcer.tsx';
import { Bars } from './bars.tsx';
import { FeedbackDigits } from './feedback-digits.tsx';
import { FeedbackLine } from './feedback-line.tsx';
import { JourneyLine } from './journey-line.tsx';
import { NetworkInputView } from './network-input-view.tsx';
import { Verdict } from './verdict.tsx';

/** The feedback so far, and the ways to give more. */
export type FeedbackProps = FeedbackActions & { all: readonly FeedbackState[] };

/** All that the page knows of one prediction: of the drawing, or of the image named. */
export function AnswerView(props: {
  tracked: TrackedPrediction;
  image: Pick<PageImage, 'name' | 'thumbnail'> | null;
  feedback: FeedbackProps;
  /** Index of the digit whose evidence is shown, where there are several. */
  selected: number;
  /** Whether the network input already stands elsewhere on the page. */
  networkInputApart?: boolean;
  onRetry: () => void;
}) {
  const { tracked, image, feedback, selected } = props;
  const { succeeded } = tracked;
  const shown = succeeded && digitInView(succeeded, selected);
  const caption =
    succeeded && isNumber(succeeded.result)
      ? texts.networkInput.captionOf(selected + 1, succeeded.result.digits.length)
      : texts.networkInput.caption;
  const target = feedbackTarget(tracked);
  const given = target && findFeedback(feedback.all, target.predictionId);
  return (
    <section
      className="answer"
      aria-label={texts.answer}
      data-phase={tracked.phase}
      data-stale={isStale(tracked)}
    >
      <h2 className="answer-of" data-drawing={image === null}>
        {image ? image.name : texts.yourDrawing}
      </h2>
      <Verdict
        tracked={tracked}
        gone={image?.thumbnail === null}
        onRetry={isRetryable(tracked, image) ? props.onRetry : null}
      >
        {target && (
          <FeedbackLine
            digit={target.digit}
            feedback={given}
            onOpen={() => feedback.open(target)}
            onClose={() => feedback.close(target)}
          />
        )}
      </Verdict>
      {target && given && given.phase !== 'saved' && (
        <FeedbackDigits
          feedback={given}
          onChoose={(digit) => feedback.send(target, digit)}
          onClose={() => feedback.close(target)}
        />
      )}
      <div className="evidence">
        {!props.networkInputApart && <NetworkInputView shown={shown} caption={caption} />}
        <Bars shown={shown} />
      </div>
      <JourneyLine tracked={tracked} />
      <Announcer tracked={tracked} />
    </section>
  );
}

/** The prediction that people can give feedback on; null unless its one digit stands and the service accepts feedback. */
function feedbackTarget(tracked: TrackedPrediction): (FeedbackTarget & { digit: number }) | null {
  const { succeeded } = tracked;
  const path = succeeded?.prediction.links.feedback;
  const digit = succeeded?.result.predicted_digit ?? null;
  if (!succeeded || !path || digit === null || isStale(tracked)) return null;
  return { predictionId: succeeded.prediction.id, path, digit };
}
