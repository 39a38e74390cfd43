import { memo, use } from 'react';
import type { PageImage } from '../state/page.ts';
import { predictionInWords } from '../texts/states.ts';
import { texts } from '../texts/texts.ts';
import { CardDigits } from '../widgets/digits/card-digits.tsx';
import { LanguageContext } from '../widgets/language-context.ts';
import { Thumbnail } from '../widgets/thumbnail.tsx';

/** One image and its result. A press shows the image in the answer. Rendered again only when it has changed. */
export const ImageCard = memo(function ImageCard(props: {
  image: PageImage;
  shown: boolean;
  onShow: (key: string) => void;
  onRemove: (key: string) => void;
}) {
  use(LanguageContext);
  const { image, shown } = props;
  const result = image.tracked.succeeded?.result ?? null;
  const state = predictionInWords(image.tracked, result);
  return (
    <li className="card" data-shown={shown} data-phase={image.tracked.phase}>
      <button
        type="button"
        className="card-show"
        aria-pressed={shown}
        aria-label={texts.showImage(image.name, state, result ? texts.short(result.text) : null)}
        onClick={() => props.onShow(image.key)}
      >
        <Thumbnail item={image} className="card-thumb" />
        <CardDigits text={result?.text ?? ''} />{' '}
        <span className="card-state" data-uncertain={result?.uncertain === true}>
          {state}
        </span>
      </button>
      <button
        type="button"
        className="card-remove"
        aria-label={texts.remove(image.name)}
        onClick={() => props.onRemove(image.key)}
      >
        ×
      </button>
    </li>
  );
});
