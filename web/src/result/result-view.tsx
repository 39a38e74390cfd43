import type { ReactNode } from 'react';
import { pathOf } from '../state/place.ts';
import { standingNumber } from '../state/prediction/read-number.ts';
import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { type DigitSelection, TileBoxes } from '../widgets/digits/digit-boxes.tsx';
import { FailureNotice } from '../widgets/place-notice.tsx';
import { ResultActions } from './result-actions.tsx';
import { ResultDesk } from './result-desk.tsx';

/** One prediction by its own link: the network input, `answer` beside it, and the ways to copy the result. */
export function ResultView(props: {
  tracked: TrackedPrediction;
  selection: DigitSelection;
  answer: ReactNode;
  onRetry: () => void;
}) {
  const { prediction, failure, slow } = props.tracked;
  const number = standingNumber(props.tracked);
  if (!prediction) {
    return (
      <div className="result-empty">
        {failure ? (
          <FailureNotice failure={failure} onRetry={props.onRetry}>
            <a className="button" href={pathOf({ name: 'desk' })} data-place>
              {texts.result.drawNew}
            </a>
          </FailureNotice>
        ) : (
          <p className="result-loading" role="status">
            {slow ? texts.result.loading : ''}
          </p>
        )}
      </div>
    );
  }
  return (
    <div className="page result">
      <ResultDesk networkInput={prediction.preview}>
        {number && prediction.preview && <TileBoxes result={number.result} selection={props.selection} />}
      </ResultDesk>
      {props.answer}
      <div className="tray">
        <ResultActions prediction={prediction} />
      </div>
    </div>
  );
}
