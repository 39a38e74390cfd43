import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import type { ReactNode } from 'react';
import type { DigitInView } from '../state/prediction/read-number.ts';
import { texts } from '../texts/texts.ts';
import { InkPixels } from '../widgets/digits/ink-pixels.tsx';
import { inkShare } from './ink-share.ts';

/**
 * The network input, enlarged, in white on black as the network receives it. Its place is empty before there is one, so that
 * nothing moves. `children` lie over it.
 */
export function NetworkInputView(props: { shown: DigitInView | null; caption: string; children: ReactNode }) {
  const { shown, caption } = props;
  const networkInput = shown?.networkInput ?? null;
  return (
    <figure className="seen" data-empty={networkInput === null}>
      <div className="seen-frame">
        {networkInput && (
          <InkPixels networkInput={networkInput} className="seen-picture" label={inWords(networkInput)} />
        )}
        {networkInput && props.children}
        {shown && !networkInput && <span className="seen-missing">{texts.networkInput.missing}</span>}
      </div>
      <figcaption className="seen-caption">{caption}</figcaption>
    </figure>
  );
}

function inWords(networkInput: PredictionPreview): string {
  return texts.networkInput.inWords(networkInput.width, networkInput.height, inkShare(networkInput));
}
