import { useEffect, useRef } from 'react';
import { IMAGES_MAX, type PageImage } from '../state/page.ts';
import { overallProgress } from '../state/prediction/progress.ts';
import { texts } from '../texts/texts.ts';
import { ImageCard } from './image-card.tsx';

/** Every image as a card, and the progress of all of them. */
export function ImageList(props: {
  images: readonly PageImage[];
  leftOut: number;
  shown: string;
  onShow: (key: string) => void;
  onRemove: (key: string) => void;
  onRemoveAll: () => void;
}) {
  const { images, leftOut } = props;
  const list = useRef<HTMLElement>(null);
  const before = useRef(images.length);

  // Many at once: their summary and the first cards come into view, which a large image above would hide.
  useEffect(() => {
    if (images.length > before.current + 1) list.current?.scrollIntoView({ block: 'start' });
    before.current = images.length;
  }, [images.length]);

  if (images.length === 0) return null;
  const { all, done, failed, upload, share } = overallProgress(images);
  const words = texts.imagesDone(done, all, failed);
  return (
    <section ref={list} className="pictures" aria-label={texts.images}>
      {all > 1 && (
        <div className="pictures-progress">
          <span>{upload ? `${words} · ${texts.imagesSending(upload)}` : words}</span>
          {done < all && <progress value={share} max={1} aria-label={texts.imagesProgress} />}
          <button type="button" className="button button-quiet" onClick={props.onRemoveAll}>
            {texts.removeAll}
          </button>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {all > 1 && done === all ? texts.imagesEnded(all, failed) : ''}
      </p>
      {leftOut > 0 && <p role="alert">{texts.leftOut(leftOut, IMAGES_MAX)}</p>}
      <ul className="cards">
        {images.map((image) => (
          <ImageCard
            key={image.key}
            image={image}
            shown={image.key === props.shown}
            onShow={props.onShow}
            onRemove={props.onRemove}
          />
        ))}
      </ul>
    </section>
  );
}
