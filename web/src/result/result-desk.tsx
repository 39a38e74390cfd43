import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import type { ReactNode } from 'react';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { InkPixels } from '../widgets/digits/ink-pixels.tsx';

/** The network input, as large as the sheet, with `children` above it, and the way back to the sheet. */
export function ResultDesk(props: { networkInput: PredictionPreview | null; children?: ReactNode }) {
  const { networkInput } = props;
  return (
    <div className="desk">
      <div className="sheet result-sheet">
        {networkInput ? (
          <InkPixels
            networkInput={networkInput}
            label={texts.networkInput.caption}
            className="result-pixels"
          />
        ) : (
          <p className="stage-unseen">{texts.result.noNetworkInput}</p>
        )}
      </div>
      {props.children}
      <div className="tools">
        <a className="button" href={pathOf({ name: 'desk' })} data-place>
          {texts.result.drawNew}
        </a>
      </div>
    </div>
  );
}
