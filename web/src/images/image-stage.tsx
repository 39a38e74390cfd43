import { useEffect, useRef, useState } from 'react';
import type { Picture } from '../state/page.ts';
import { texts } from '../texts/texts.ts';

/** A picture in the sheet's place: what was given, beside what was read. */
export function PictureStage({ picture, onBack }: { picture: Picture; onBack: () => void }) {
  const stage = useRef<HTMLDivElement>(null);
  const [unseen, setUnseen] = useState(false);

  // Cards may stand far below, on a phone above all.
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <>
      <div ref={stage} className="stage">
        {unseen ? (
          <p className="stage-unseen">{texts.noPreview}</p>
        ) : (
          <img
            className="stage-picture"
            src={picture.preview}
            alt={picture.name}
            onError={() => setUnseen(true)}
          />
        )}
      </div>
      <div className="tools">
        <button type="button" className="button" onClick={onBack}>
          {texts.backToDrawing}
        </button>
      </div>
    </>
  );
}
