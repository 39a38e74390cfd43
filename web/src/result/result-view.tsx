import type { ReactNode } from 'react';
import type { Reading } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { ResultActions } from './result-actions.tsx';
import { ResultDesk } from './result-desk.tsx';
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
      <ResultDesk preview={prediction.preview} />
      {props.answer}
      <div className="tray">
        <ResultActions prediction={prediction} />
      </div>
    </div>
  );
}
