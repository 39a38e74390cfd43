import { useEffect, useRef, useState } from 'react';
import type { PageImage } from '../state/page.ts';
import { texts } from '../texts/texts.ts';

/** An image in the sheet's place, beside its result. */
export function ImageStage({ image, onBack }: { image: PageImage; onBack: () => void }) {
  const stage = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);

  // The cards may be far below, above all on a phone.
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <>
      <div ref={stage} className="stage">
        {isBroken ? (
          <p className="stage-unseen">{texts.noThumbnail}</p>
        ) : (
          <img
            className="stage-picture"
            src={image.thumbnail}
            alt={image.name}
            onError={() => setBroken(true)}
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
