import { memo, useState } from 'react';
import type { PageImage } from '../state/page.ts';
import type { TrackedPrediction } from '../state/tracked-prediction.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { CardDigits } from '../widgets/card-digits.tsx';
import { InkPixels } from '../widgets/ink-pixels.tsx';

/** One image and its result. A press shows the image in the answer. Rendered again only when it has changed. */
export const ImageCard = memo(function ImageCard(props: {
  image: PageImage;
  shown: boolean;
  onShow: (key: string) => void;
  onRemove: (key: string) => void;
}) {
  const { image, shown } = props;
  const [visible, setVisible] = useState(true);
  const state = stateInWords(image.tracked);
  const { result, prediction } = image.tracked.succeeded ?? {};
  return (
    <li className="card" data-shown={shown} data-phase={image.tracked.phase}>
      <button
        type="button"
        className="card-show"
        aria-pressed={shown}
        aria-label={texts.showImage(image.name, state, result ? texts.short(result.text) : null)}
        onClick={() => props.onShow(image.key)}
      >
        <span className="card-thumb">
          {visible && image.thumbnail !== null ? (
            <img src={image.thumbnail} alt="" loading="lazy" onError={() => setVisible(false)} />
          ) : (
            prediction?.preview && <InkPixels networkInput={prediction.preview} label={null} className="" />
          )}
        </span>
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

function stateInWords(tracked: TrackedPrediction): string {
  const { succeeded, failure, phase, prediction } = tracked;
  if (succeeded) {
    const { confidence, uncertain } = succeeded.result;
    return texts.cardResult(texts.percent(confidence), uncertain);
  }
  if (failure) return failureText(failure.code).what;
  if (phase === 'following')
    return prediction?.status === 'running' ? texts.states.running : texts.states.queued;
  return phase === 'sending' ? texts.states.sending : texts.states.waiting;
}
