import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { PageImage } from '../state/page.ts';
import { texts } from '../texts/texts.ts';

/** Smaller images are enlarged pixel by pixel: between so few pixels a smooth transition is a blur. */
const SMALL_PIXELS = 64;

/** An image in the sheet's place, beside its result. */
export function ImageStage({ image, onBack }: { image: PageImage; onBack: () => void }) {
  const stage = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  /** Width and height in pixels, once the browser has loaded the image. */
  const [size, setSize] = useState<readonly [number, number] | null>(null);

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
            hidden={size === null}
            data-small={size !== null && Math.max(...size) <= SMALL_PIXELS}
            style={size ? ({ '--ratio': size[0] / size[1] } as CSSProperties) : undefined}
            // Some vector images have no size.
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize([naturalWidth || 1, naturalHeight || 1])
            }
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
