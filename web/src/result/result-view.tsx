import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import type { ReactNode } from 'react';
import { InkPixels } from '../ink-pixels.tsx';
import type { Reading } from '../state/reading.ts';
import { texts } from '../texts.ts';
import { ResultActions } from './result-actions.tsx';
import { ResultNotice } from './result-notice.tsx';

/** One prediction by its own link: what the network saw, `answer` beside it, and what can be taken along. */
export function ResultView(props: { reading: Reading; answer: ReactNode; onRetry: () => void }) {
  const { prediction, failure, slow } = props.reading;
  if (!prediction) {
    return (
      <div className="result-empty">
        {failure ? (
          <ResultNotice failure={failure} onRetry={props.onRetry} />
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
      <div className="desk">
        <Seen prediction={prediction} />
        <div className="tools">
          <a className="button" href="/ui/" data-place>
            {texts.result.drawNew}
          </a>
        </div>
      </div>
      {props.answer}
      <div className="tray">
        <ResultActions prediction={prediction} />
      </div>
    </div>
  );
}

function Seen({ prediction: { preview } }: { prediction: Prediction }) {
  return (
    <div className="sheet result-sheet">
      {preview ? (
        <InkPixels preview={preview} label={texts.result.seen} className="result-pixels" />
      ) : (
        <p className="stage-unseen">{texts.result.unseen}</p>
      )}
    </div>
  );
}
