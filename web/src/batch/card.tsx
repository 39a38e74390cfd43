import { type CSSProperties, memo, use } from 'react';
import type { BatchItem } from '../state/batch/batch.ts';
import { standingOf, textOf } from '../state/batch/standing.ts';
import { texts } from '../texts/texts.ts';
import { CardDigits } from '../widgets/digits/card-digits.tsx';
import { LanguageContext } from '../widgets/language-context.ts';
import { Thumbnail } from '../widgets/thumbnail.tsx';
import { itemInWords, stateInWords } from './words.ts';

/** One picture and what was read of it. A press opens it. Rendered again only when it has changed. */
export const Card = memo(function Card(props: {
  item: BatchItem;
  name: string;
  /** From 1. */
  place: number;
  count: number;
  row: number;
  column: number;
  /** Whether the Tab key stops here. */
  current: boolean;
  onOpen: (key: string) => void;
}) {
  // Its texts change with the language.
  use(LanguageContext);
  const { item, name } = props;
  const text = textOf(item);
  const standing = standingOf(item);
  return (
    <li
      className="picture"
      aria-setsize={props.count}
      aria-posinset={props.place}
      style={{ gridRow: props.row, gridColumn: props.column } as CSSProperties}
    >
      <button
        type="button"
        className="picture-open"
        tabIndex={props.current ? 0 : -1}
        data-place-in-list={props.place - 1}
        data-standing={standing}
        aria-label={itemInWords(item, name)}
        onClick={() => props.onOpen(item.key)}
      >
        <Thumbnail item={item} className="picture-thumb" />
        {text === '' ? (
          <span className="picture-none">{texts.batchPlace.noDigit}</span>
        ) : (
          <CardDigits text={text ?? ''} />
        )}{' '}
        <span className="picture-state" data-uncertain={standing === 'check'}>
          {stateInWords(item)}
        </span>{' '}
        <span className="picture-name">{name}</span>
      </button>
    </li>
  );
});
