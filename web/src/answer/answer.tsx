import type { FeedbackDesk, FeedbackTarget } from '../actions/feedback-actions.ts';
import { feedbackOn } from '../state/feedback.ts';
import type { Picture } from '../state/page.ts';
import type { Reading } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { Announcer } from './announcer.tsx';
import { Bars } from './bars.tsx';
import { FeedbackDigits } from './feedback-digits.tsx';
import { FeedbackLine } from './feedback-line.tsx';
import { JourneyLine } from './journey-line.tsx';
import { Seen } from './network-input.tsx';
import { Verdict } from './verdict.tsx';

/** All that the page knows of one reading: of the drawing, or of the picture named. */
export function Answer(props: {
  reading: Reading;
  picture: Pick<Picture, 'name'> | null;
  feedback: FeedbackDesk;
  /** Whether what the network saw stands elsewhere on the page already. */
  seenApart?: boolean;
  onRetry: () => void;
}) {
  const { reading, picture, feedback } = props;
  const target = feedbackTarget(reading);
  const said = target && feedbackOn(feedback.all, target.predictionId);
  return (
    <section className="answer" aria-label={texts.answer} data-phase={reading.phase}>
      <h2 className="answer-of" data-drawing={picture === null}>
        {picture ? picture.name : texts.yourDrawing}
      </h2>
      <Verdict reading={reading} onRetry={props.onRetry}>
        {target && (
          <FeedbackLine
            digit={target.digit}
            feedback={said}
            onOpen={() => feedback.open(target)}
            onClose={() => feedback.close(target)}
          />
        )}
      </Verdict>
      {target && said && said.phase !== 'kept' && (
        <FeedbackDigits
          feedback={said}
          onSay={(digit) => feedback.say(target, digit)}
          onClose={() => feedback.close(target)}
        />
      )}
      <div className="evidence">
        {!props.seenApart && <Seen answer={reading.answer} />}
        <Bars result={reading.answer?.result ?? null} />
      </div>
      <JourneyLine reading={reading} />
      <Announcer reading={reading} />
    </section>
  );
}

/** Whether, and where, to ask what the answer's picture really shows: only under an answer that stands. */
function feedbackTarget({ answer, failure, slow }: Reading): (FeedbackTarget & { digit: number }) | null {
  const path = answer?.prediction.links.feedback;
  if (!answer || !path || failure || slow) return null;
  return { predictionId: answer.prediction.id, path, digit: answer.result.predicted_digit };
}
