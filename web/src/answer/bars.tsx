import type { CSSProperties } from 'react';
import type { DigitInView } from '../state/prediction/read-number.ts';
import { texts } from '../texts/texts.ts';

const NO_PROBABILITIES: readonly number[] = Array.from({ length: 10 }, () => 0);

/** Ten labelled bars: the probability of each digit. Empty until there is a result. */
export function Bars(props: {
  shown: DigitInView | null;
  /** The digit whose map is shown; null while bars cannot be picked. */
  picked: number | null;
  onPick: (digit: number) => void;
  /** Called with the digit that a pointer or the focus comes to, and with null when it leaves. */
  onPoint: (digit: number | null) => void;
}) {
  const { shown, picked, onPick, onPoint } = props;
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
          {picked !== null && (
            <button
              type="button"
              className="bar-pick"
              aria-label={texts.why.pick(digit)}
              aria-pressed={digit === picked}
              onClick={() => onPick(digit)}
              onFocus={() => onPoint(digit)}
              onBlur={() => onPoint(null)}
              onPointerEnter={({ pointerType }) => pointerType === 'mouse' && onPoint(digit)}
              onPointerLeave={({ pointerType }) => pointerType === 'mouse' && onPoint(null)}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
