import { useEffect, useRef } from 'react';
import type { Feedback } from '../state/feedback.ts';
import { texts } from '../texts/texts.ts';

/** Under an answer: asks quietly whether it is right, and later says what was kept. `digit` is what was read. */
export function FeedbackLine(props: {
  digit: number;
  feedback: Feedback | null;
  onOpen: () => void;
  onClose: () => void;
}) {
  const { feedback } = props;
  const button = useRef<HTMLButtonElement>(null);
  const kept = feedback?.phase === 'kept';
  const expanded = feedback !== null && !kept;
  const expandedBefore = useRef(expanded);

  useEffect(() => {
    // The digits are gone, and the focus with them: back to where they came from.
    if (expandedBefore.current && !expanded && document.activeElement === document.body)
      button.current?.focus();
    expandedBefore.current = expanded;
  }, [expanded]);

  return (
    <div className="feedback-line">
      <span role="status" className="feedback-thanks">
        {kept && texts.feedback.thanks(feedback.kept ?? null)}
      </span>
      <button
        ref={button}
        type="button"
        className="text-button"
        aria-expanded={expanded}
        onClick={expanded ? props.onClose : props.onOpen}
      >
        {kept ? texts.feedback.change : texts.feedback.ask(props.digit)}
      </button>
    </div>
  );
}
