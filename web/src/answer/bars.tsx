import type { CSSProperties } from 'react';
import type { DigitInView } from '../state/read-number.ts';
import { texts } from '../texts/texts.ts';

const NO_PROBABILITIES: readonly number[] = Array.from({ length: 10 }, () => 0);

/** Ten labelled bars: the probability of each digit. Empty until there is a result. */
export function Bars({ shown }: { shown: DigitInView | null }) {
  const known = shown?.probabilities ?? null;
  return (
    <ol
      className="bars"
      aria-label={texts.probabilities}
      data-empty={known === null}
      data-uncertain={shown?.uncertain === true}
    >
      {(known ?? NO_PROBABILITIES).map((probability, digit) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the digit
        <li key={digit} className="bar" data-best={digit === shown?.digit}>
          <span className="bar-digit">{digit}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-ink" style={{ '--probability': probability } as CSSProperties} />
          </span>
          <span className="bar-value">{known ? texts.percent(probability) : ''}</span>
        </li>
      ))}
    </ol>
  );
}
