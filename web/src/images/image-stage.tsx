import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { PageImage } from '../state/page.ts';
import { standingNumber } from '../state/read-number.ts';
import { texts } from '../texts/texts.ts';
import { DigitBoxes, type DigitSelection, TileBoxes } from '../widgets/digit-boxes.tsx';
import { InkPixels } from '../widgets/ink-pixels.tsx';

/** Width and height in pixels, with the picture upright. */
type Size = readonly [width: number, height: number];

/** Smaller images are enlarged pixel by pixel: between so few pixels a smooth transition is a blur. */
const SMALL_PIXELS = 64;

/** An image in the sheet's place, beside its result; the network input where the browser cannot show the image. */
export function ImageStage(props: { image: PageImage; selection: DigitSelection; onBack: () => void }) {
  const { image, selection } = props;
  const stage = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  const [size, setSize] = useState<Size | null>(null);
  const { thumbnail, tracked } = image;
  const isShown = thumbnail !== null && !isBroken;
  const networkInput = tracked.succeeded?.prediction.preview;
  const number = standingNumber(tracked);
  const frame = networkInput ? 'sheet result-sheet' : 'stage stage-empty';

  // The cards may be far below, above all on a phone.
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <>
      <div ref={stage} className={isShown ? 'stage' : frame}>
        {isShown && (
          <Picture
            name={image.name}
            source={thumbnail}
            size={size}
            onSize={setSize}
            onBroken={() => setBroken(true)}
          />
        )}
        {!isShown && networkInput && (
          <InkPixels
            networkInput={networkInput}
            label={texts.networkInput.caption}
            className="result-pixels"
          />
        )}
      </div>
      {number && isShown && size && (
        <DigitBoxes
          result={number.result}
          boxes={number.result.digits.map(({ box }) => box)}
          size={size}
          selection={selection}
        />
      )}
      {number && !isShown && <TileBoxes result={number.result} selection={selection} />}
      <div className="tools stage-tools">
        <button type="button" className="button" onClick={props.onBack}>
          {texts.backToDrawing}
        </button>
        {!isShown && <p className="stage-note">{whyNotShown(image)}</p>}
      </div>
    </>
  );
}

function Picture(props: {
  name: string;
  source: string;
  /** Null until the browser has loaded the image. */
  size: Size | null;
  onSize: (size: Size) => void;
  onBroken: () => void;
}) {
  const { size } = props;
  return (
    <img
      className="stage-picture"
      src={props.source}
      alt={props.name}
      hidden={size === null}
      data-small={size !== null && Math.max(...size) <= SMALL_PIXELS}
      style={size ? ({ '--ratio': size[0] / size[1] } as CSSProperties) : undefined}
      // Some vector images have no size.
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
        props.onSize([naturalWidth || 1, naturalHeight || 1])
      }
      onError={props.onBroken}
    />
  );
}

/** Nothing after a failure: the answer says what is wrong with the image. */
function whyNotShown({ thumbnail, tracked }: PageImage): string {
  if (tracked.failure) return '';
  if (thumbnail === null) return texts.notShown.gone;
  return tracked.succeeded ? texts.notShown.done : texts.notShown.pending;
}
