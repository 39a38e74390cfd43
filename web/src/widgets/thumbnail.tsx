import { useState } from 'react';
import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { InkPixels } from './digits/ink-pixels.tsx';

/** The picture itself while the page has it and the browser can show it, else what the network saw of it. */
export function Thumbnail(props: {
  item: { thumbnail: string | null; tracked: TrackedPrediction };
  className: string;
}) {
  const { thumbnail, tracked } = props.item;
  // The address: the page may prepare another picture, which the browser can show.
  const [broken, setBroken] = useState<string | null>(null);
  const preview = tracked.succeeded?.prediction.preview;
  return (
    <span className={`thumbnail ${props.className}`}>
      {thumbnail !== null && thumbnail !== broken ? (
        <img src={thumbnail} alt="" decoding="async" onError={() => setBroken(thumbnail)} />
      ) : (
        preview && <InkPixels networkInput={preview} label={null} className="" />
      )}
    </span>
  );
}
