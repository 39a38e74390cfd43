import { DIGIT_BOX, DIGIT_PATHS } from './digit-paths.ts';

/** A digit in one written line; empty without a digit. Decorative: the words beside it say the same. */
export function WrittenDigit({ digit, className }: { digit: number | null; className: string }) {
  const margin = 10;
  const box = [-margin, -margin, DIGIT_BOX.width + 2 * margin, DIGIT_BOX.height + 2 * margin].join(' ');
  return (
    <svg className={className} viewBox={box} aria-hidden="true">
      {digit !== null && <path key={digit} d={DIGIT_PATHS[digit]} pathLength={1} />}
    </svg>
  );
}
