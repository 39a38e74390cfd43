import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import type { Answer } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { InkPixels } from '../widgets/ink-pixels.tsx';
import { inkShare } from './ink-share.ts';

/**
 * The picture that the network saw, enlarged, in white on black as it sees it. Its place stands empty before there is
 * one, so that nothing moves.
 */
export function Seen({ answer }: { answer: Answer | null }) {
  const preview = answer?.prediction.preview ?? null;
  return (
    <figure className="seen" data-empty={preview === null}>
      <div className="seen-frame">
        {preview && <InkPixels preview={preview} className="seen-picture" label={inWords(preview)} />}
        {answer && !preview && <span className="seen-missing">{texts.notSeen}</span>}
      </div>
      <figcaption className="seen-caption">{texts.seen}</figcaption>
    </figure>
  );
}

function inWords(preview: PredictionPreview): string {
  return texts.seenInWords(preview.width, preview.height, inkShare(preview));
}
