import { memo, useState } from 'react';
import type { Picture } from '../state/page.ts';
import type { Reading } from '../state/tracked-prediction.ts';
import { failureText, texts } from '../texts/texts.ts';
import { Digit } from '../widgets/digit.tsx';

/** One picture and what was read in it. A press shows all about it in the answer. Drawn anew only when it has changed. */
export const PictureCard = memo(function PictureCard(props: {
  picture: Picture;
  shown: boolean;
  onShow: (key: string) => void;
  onRemove: (key: string) => void;
}) {
  const { picture, shown } = props;
  const [visible, setVisible] = useState(true);
  const state = stateInWords(picture.reading);
  const result = picture.reading.answer?.result;
  return (
    <li className="card" data-shown={shown} data-phase={picture.reading.phase}>
      <button
        type="button"
        className="card-show"
        aria-pressed={shown}
        aria-label={texts.showPicture(picture.name, state)}
        onClick={() => props.onShow(picture.key)}
      >
        <span className="card-thumb">
          {visible && <img src={picture.preview} alt="" loading="lazy" onError={() => setVisible(false)} />}
        </span>
        <Digit digit={result?.predicted_digit ?? null} className="card-digit" />
        <span className="card-state" data-uncertain={result?.uncertain === true}>
          {state}
        </span>
      </button>
      <button
        type="button"
        className="card-remove"
        aria-label={texts.remove(picture.name)}
        onClick={() => props.onRemove(picture.key)}
      >
        ×
      </button>
    </li>
  );
});

function stateInWords(reading: Reading): string {
  const { answer, failure, phase, prediction } = reading;
  if (answer) return texts.cardAnswer(texts.percent(answer.result.confidence), answer.result.uncertain);
  if (failure) return failureText(failure.code).what;
  if (phase === 'following')
    return prediction?.status === 'running' ? texts.states.running : texts.states.queued;
  return phase === 'sending' ? texts.states.sending : texts.states.waiting;
}
