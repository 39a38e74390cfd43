import { useEffect, useRef } from 'react';
import type { FeedbackState } from '../state/prediction/feedback.ts';
import { texts } from '../texts/texts.ts';

/** Below a result: asks whether it is right, and later shows the saved feedback. `digit` is the predicted one. */
export function FeedbackLine(props: {
  digit: number;
  feedback: FeedbackState | null;
  onOpen: () => void;
  onClose: () => void;
}) {
  const { feedback } = props;
  const button = useRef<HTMLButtonElement>(null);
  const isSaved = feedback?.phase === 'saved';
  const isExpanded = feedback !== null && !isSaved;
  const wasExpanded = useRef(isExpanded);

  useEffect(() => {
    // The focus went with the digit buttons: back to the button that opened them.
    if (wasExpanded.current && !isExpanded && document.activeElement === document.body)
      button.current?.focus();
    wasExpanded.current = isExpanded;
  }, [isExpanded]);

  return (
    <div className="feedback-line">
      <span role="status" className="feedback-thanks">
        {isSaved && texts.feedback.thanks(feedback.saved ?? null)}
      </span>
      <button
        ref={button}
        type="button"
        className="text-button"
        aria-expanded={isExpanded}
        onClick={isExpanded ? props.onClose : props.onOpen}
      >
        {isSaved ? texts.feedback.change : texts.feedback.open(props.digit)}
      </button>
    </div>
  );
}
