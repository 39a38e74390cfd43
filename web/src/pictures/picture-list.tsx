import type { Picture } from '../state/page.ts';
import { isPending } from '../state/reading.ts';
import { texts } from '../texts.ts';
import { PictureCard } from './picture-card.tsx';

/** Every picture as a card, and how far all of them are. */
export function PictureList(props: {
  pictures: readonly Picture[];
  shown: string;
  onShow: (key: string) => void;
  onRemove: (key: string) => void;
  onRemoveAll: () => void;
}) {
  const { pictures } = props;
  if (pictures.length === 0) return null;
  const done = pictures.filter((picture) => !isPending(picture.reading)).length;
  return (
    <section className="pictures" aria-label={texts.pictures}>
      {pictures.length > 1 && (
        <div className="pictures-progress">
          <span>{texts.picturesDone(done, pictures.length)}</span>
          {done < pictures.length && (
            <progress
              value={done}
              max={pictures.length}
              aria-label={texts.picturesDone(done, pictures.length)}
            />
          )}
          <button type="button" className="button button-quiet" onClick={props.onRemoveAll}>
            {texts.removeAll}
          </button>
        </div>
      )}
      <ul className="cards">
        {pictures.map((picture) => (
          <PictureCard
            key={picture.key}
            picture={picture}
            shown={picture.key === props.shown}
            onShow={() => props.onShow(picture.key)}
            onRemove={() => props.onRemove(picture.key)}
          />
        ))}
      </ul>
    </section>
  );
}
