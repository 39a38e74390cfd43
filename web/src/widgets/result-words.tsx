import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import { isNumber } from '../state/read-number.ts';
import { texts } from '../texts/texts.ts';
import { sureness } from './confidence.ts';

/** What was read, for screen readers, and how sure the network is. `doubts` counts the underlined digits. */
export function ResultWords(props: {
  result: Pick<PredictionResult, 'text' | 'confidence' | 'uncertain'>;
  doubts: number;
}) {
  const { result, doubts } = props;
  const hint = isNumber(result) ? texts.uncertainNumber : texts.uncertain;
  return (
    <>
      <p className="visually-hidden">{texts.aloud(result.text)}</p>
      <p className="verdict-sure">{texts.sure[sureness(result)]}</p>
      <p className="verdict-percent">{texts.percent(result.confidence)}</p>
      {(result.uncertain || doubts > 0) && (
        <p className="verdict-hint">{doubts > 0 ? texts.doubts(doubts) : hint}</p>
      )}
    </>
  );
}
