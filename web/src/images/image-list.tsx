import { PICTURES_MAX } from '../actions/image-actions.ts';
import type { Picture } from '../state/page.ts';
import { texts } from '../texts/texts.ts';
import { PictureCard } from './image-card.tsx';
import { overallProgress } from './progress.ts';

/** Every picture as a card, and how far all of them are. */
export function PictureList(props: {
  pictures: readonly Picture[];
  uploaded: number;
  leftOut: number;
  shown: string;
  onShow: (key: string) => void;
  onRemove: (key: string) => void;
  onRemoveAll: () => void;
}) {
  const { pictures, leftOut } = props;
  if (pictures.length === 0) return null;
  const { all, done, sending, share } = overallProgress(pictures, props.uploaded);
  const words = texts.picturesDone(done, all);
  return (
    <section className="pictures" aria-label={texts.pictures}>
      {all > 1 && (
        <div className="pictures-progress">
          <span>{sending ? `${words} · ${texts.picturesSending(props.uploaded)}` : words}</span>
          {done < all && <progress value={share} max={1} aria-label={texts.picturesProgress} />}
          <button type="button" className="button button-quiet" onClick={props.onRemoveAll}>
            {texts.removeAll}
          </button>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {all > 1 && done === all ? texts.picturesEnded(all) : ''}
      </p>
      {leftOut > 0 && (
        <p className="pictures-left-out" role="alert">
          {texts.leftOut(leftOut, PICTURES_MAX)}
        </p>
      )}
      <ul className="cards">
        {pictures.map((picture) => (
          <PictureCard
            key={picture.key}
            picture={picture}
            shown={picture.key === props.shown}
            onShow={props.onShow}
            onRemove={props.onRemove}
          />
        ))}
      </ul>
    </section>
  );
}
