import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { PageImage } from '../state/page.ts';
import { boxedResult, standingNumber } from '../state/prediction/read-number.ts';
import { texts } from '../texts/texts.ts';
import { DigitBoxes, type DigitSelection, TileBoxes } from '../widgets/digits/digit-boxes.tsx';
import { InkPixels } from '../widgets/digits/ink-pixels.tsx';
import { FileWay, type OnFiles } from './ways.tsx';

/** Width and height in pixels, with the picture upright. */
type Size = readonly [width: number, height: number];

/** Smaller images are enlarged pixel by pixel: between so few pixels a smooth transition is a blur. */
const SMALL_PIXELS = 64;

/** An image in the sheet's place, beside its result; the network input where the browser cannot show the image. */
export function ImageStage(props: {
  image: PageImage;
  selection: DigitSelection;
  onBack: () => void;
  onFiles: OnFiles;
}) {
  const { image, selection } = props;
  const stage = useRef<HTMLDivElement>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  const { thumbnail, tracked } = image;
  const isShown = thumbnail !== null && thumbnail !== broken;
  const networkInput = tracked.succeeded?.prediction.preview;
  const number = standingNumber(tracked);
  const boxed = size && boxedResult(tracked, size);
  const frame = networkInput ? 'sheet result-sheet' : 'stage';

  // The cards may be far below, above all on a phone.
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'nearest' });
    // The focus has gone with the sample that was pressed.
    if (document.activeElement === document.body) stage.current?.focus({ preventScroll: true });
  }, []);

  return (
    <>
      <div ref={stage} className={isShown ? 'stage' : frame} tabIndex={-1}>
        {isShown && (
          <Picture
            name={image.name}
            source={thumbnail}
            size={size}
            onSize={setSize}
            onBroken={() => setBroken(thumbnail)}
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
      {boxed && isShown && size && (
        <DigitBoxes
          result={boxed}
          boxes={boxed.digits.map(({ box }) => box)}
          size={size}
          selection={selection}
        />
      )}
      {number && !isShown && <TileBoxes result={number.result} selection={selection} />}
      <div className="tools stage-tools">
        <button type="button" className="button" onClick={props.onBack}>
          {texts.backToDrawing}
        </button>
        {image.origin === 'camera' && (
          <FileWay origin="camera" className="button" onFiles={props.onFiles}>
            {texts.ways.another}
          </FileWay>
        )}
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
function whyNotShown({ thumbnail, origin, tracked }: PageImage): string {
  if (tracked.failure) return '';
  if (origin === 'address') return tracked.succeeded ? texts.notShown.address : '';
  if (thumbnail === null) return texts.notShown.gone;
  return tracked.succeeded ? texts.notShown.done : texts.notShown.pending;
}
