import { DIGIT_BOX, DIGIT_PATHS } from '@inkqueue/shared/drawing/digit-paths';
import { texts } from '../texts/texts.ts';

const GHOST = DIGIT_PATHS[3];

/**
 * On an empty sheet: what to do there, with the ghost of a digit. Only its button takes a press, so that people can draw through the
 * rest. The ghost is no ink: nothing of it is sent.
 */
export function Invitation(props: {
  /** Whether the ghost is written in front of the eyes, or stands there. */
  plays: boolean;
  onSample: () => void;
}) {
  return (
    <div className="invitation">
      <p className="invitation-words">{texts.invitation}</p>
      <svg
        className="invitation-ghost"
        data-plays={props.plays}
        viewBox={`0 0 ${DIGIT_BOX.width} ${DIGIT_BOX.height}`}
        aria-hidden="true"
      >
        <path d={GHOST} pathLength={1} />
      </svg>
      <button type="button" className="button" title={texts.sampleHint} onClick={props.onSample}>
        {texts.sample}
      </button>
    </div>
  );
}
