import type { ReactNode } from 'react';
import type { FeedbackActions, FeedbackTarget } from '../actions/feedback-actions.ts';
import { isGone, isRetryable, type PageImage } from '../state/page.ts';
import { type FeedbackState, findFeedback } from '../state/prediction/feedback.ts';
import { digitInView, isNumber } from '../state/prediction/read-number.ts';
import { isStale, type TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { AnswerHeading } from '../widgets/answer-heading.tsx';
import { Announcer } from './announcer.tsx';
import { Evidence, type WhyProps } from './evidence.tsx';
import { FeedbackDigits } from './feedback-digits.tsx';
import { FeedbackLine } from './feedback-line.tsx';
import { JourneyLine } from './journey-line.tsx';
import { Verdict } from './verdict.tsx';

/** The feedback so far, and the ways to give more. */
export type FeedbackProps = FeedbackActions & { all: readonly FeedbackState[] };

/** All that the page knows of one prediction: of the drawing, or of the image named. */
export function AnswerView(props: {
  tracked: TrackedPrediction;
  image: Pick<PageImage, 'name' | 'thumbnail' | 'origin'> | null;
  feedback: FeedbackProps;
  /** Index of the digit whose evidence is shown, where there are several. */
  selected: number;
  why: WhyProps;
  /** Whether the network input already stands elsewhere on the page. */
  networkInputApart?: boolean;
  /** Stands in the answer's place until there is something to answer, which leaves nothing else on the page moved. */
  before?: ReactNode;
  onRetry: () => void;
  /** Below the journey. */
  children: ReactNode;
}) {
  const { tracked, image, feedback, selected, before } = props;
  const isBefore = before !== undefined && tracked.phase === 'idle' && tracked.succeeded === null;
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
      data-before={isBefore}
    >
      {isBefore && <div className="answer-before">{before}</div>}
      <AnswerHeading
        text={isStale(tracked) ? null : (succeeded?.result.text ?? null)}
        name={image ? image.name : texts.yourDrawing}
        isDrawing={image === null}
      />
      <Verdict
        tracked={tracked}
        gone={isGone(image)}
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
      <Evidence
        shown={shown}
        index={selected}
        caption={caption}
        networkInputApart={props.networkInputApart === true}
        why={props.why}
      />
      <JourneyLine tracked={tracked} />
      {props.children}
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
