import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import type { CSSProperties } from 'react';
import { texts } from '../texts/texts.ts';

const NO_PROBABILITIES: readonly number[] = Array.from({ length: 10 }, () => 0);

/** Ten labelled bars: the probability of each digit. Empty until there is a result. */
export function Bars({ result }: { result: PredictionResult | null }) {
  const probabilities = result?.probabilities ?? NO_PROBABILITIES;
  return (
    <ol
      className="bars"
      aria-label={texts.probabilities}
      data-empty={result === null}
      data-uncertain={result?.uncertain === true}
    >
      {probabilities.map((probability, digit) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the digit
        <li key={digit} className="bar" data-best={digit === result?.predicted_digit}>
          <span className="bar-digit">{digit}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-ink" style={{ '--probability': probability } as CSSProperties} />
          </span>
          <span className="bar-value">{result ? texts.percent(probability) : ''}</span>
        </li>
      ))}
    </ol>
  );
}
