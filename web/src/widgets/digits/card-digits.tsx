import { texts } from '../../texts/texts.ts';
import { WrittenDigits } from './written-digits.tsx';

/** More of them would be too small on a card. */
const WRITTEN_MAX = 3;

/** What was read, as a card has room for it: a few digits written, more of them in print. */
export function CardDigits({ text }: { text: string }) {
  if (text.length <= WRITTEN_MAX && !text.includes('\n'))
    return <WrittenDigits text={text} className={text.length > 1 ? 'card-digit card-few' : 'card-digit'} />;
  return (
    <span className="card-digit card-number" title={text} aria-hidden="true">
      {texts.short(text)}
    </span>
  );
}
