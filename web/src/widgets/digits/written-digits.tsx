import { DIGIT_BOX, DIGIT_PATHS } from '@inkqueue/shared/drawing/digit-paths';
import type { CSSProperties } from 'react';
import { rowsOf } from './rows.ts';

const MARGIN = 10;

/**
 * A digit in one written line, or a number of them; empty without text. Digits in doubt are underlined with dots. Decorative: the
 * words beside it say the same.
 */
export function WrittenDigits(props: {
  text: string;
  className: string;
  /** Whether the digit at an index is in doubt. */
  doubts?: readonly boolean[];
}) {
  const rows = rowsOf(props.text);
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const box = [
    -MARGIN,
    -MARGIN,
    DIGIT_BOX.width * columns + 2 * MARGIN,
    (DIGIT_BOX.height + 2 * MARGIN) * rows.length,
  ];
  let index = 0;
  return (
    <svg
      className={props.className}
      viewBox={box.join(' ')}
      style={{ '--columns': columns, '--rows': rows.length } as CSSProperties}
      aria-hidden="true"
    >
      {rows.flatMap((row, line) =>
        [...row].map((digit, column) => {
          const at = index++;
          const place = `translate(${column * DIGIT_BOX.width} ${line * (DIGIT_BOX.height + 2 * MARGIN)})`;
          const isDoubt = props.doubts?.[at] === true;
          return (
            <g key={`${at} ${digit}`} transform={at === 0 ? undefined : place} data-doubt={isDoubt}>
              <path d={DIGIT_PATHS[Number(digit)]} pathLength={1} />
              {isDoubt && <path d="M20 145H80" className="doubt" />}
            </g>
          );
        }),
      )}
    </svg>
  );
}
