import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import type { SucceededPrediction } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { InkPixels } from '../widgets/ink-pixels.tsx';
import { inkShare } from './ink-share.ts';

/**
 * The network input, enlarged, in white on black as the network receives it. Its place is empty before there is one, so that
 * nothing moves.
 */
export function NetworkInputView({ succeeded }: { succeeded: SucceededPrediction | null }) {
  const networkInput = succeeded?.prediction.preview ?? null;
  return (
    <figure className="seen" data-empty={networkInput === null}>
      <div className="seen-frame">
        {networkInput && (
          <InkPixels networkInput={networkInput} className="seen-picture" label={inWords(networkInput)} />
        )}
        {succeeded && !networkInput && <span className="seen-missing">{texts.networkInput.missing}</span>}
      </div>
      <figcaption className="seen-caption">{texts.networkInput.caption}</figcaption>
    </figure>
  );
}

function inWords(networkInput: PredictionPreview): string {
  return texts.networkInput.inWords(networkInput.width, networkInput.height, inkShare(networkInput));
}
