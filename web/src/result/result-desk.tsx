import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import { InkPixels } from '../ink-pixels.tsx';
import { texts } from '../texts.ts';

/** What the network saw, as large as the sheet, and the way back to that. */
export function ResultDesk({ preview }: { preview: PredictionPreview | null }) {
  return (
    <div className="desk">
      <div className="sheet result-sheet">
        {preview ? (
          <InkPixels preview={preview} label={texts.result.seen} className="result-pixels" />
        ) : (
          <p className="stage-unseen">{texts.result.unseen}</p>
        )}
      </div>
      <div className="tools">
        <a className="button" href="/ui/" data-place>
          {texts.result.drawNew}
        </a>
      </div>
    </div>
  );
}
