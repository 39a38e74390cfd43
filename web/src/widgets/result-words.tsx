import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import { isNumber } from '../state/prediction/read-number.ts';
import { texts } from '../texts/texts.ts';
import { sureness } from './confidence.ts';

/** How sure the network is. `doubts` counts the underlined digits. */
export function ResultWords(props: {
  result: Pick<PredictionResult, 'text' | 'confidence' | 'uncertain'>;
  doubts: number;
}) {
  const { result, doubts } = props;
  const sure = sureness(result);
  const percent = texts.percent(result.confidence);
  const hint = isNumber(result) ? texts.uncertainNumber : texts.uncertain;
  return (
    <>
      <p className="verdict-sure">{texts.sure[sure]}</p>
      <p className="verdict-percent">
        {sure === 'perhaps-none'
          ? texts.ifDigit(percent)
          : sure === 'perhaps-not-all'
            ? texts.ifAllDigits(percent)
            : percent}
      </p>
      {(result.uncertain || doubts > 0) && (
        <p className="verdict-hint">{doubts > 0 ? texts.doubts(doubts) : hint}</p>
      )}
    </>
  );
}
