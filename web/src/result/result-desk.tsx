import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import { texts } from '../texts/texts.ts';
import { InkPixels } from '../widgets/ink-pixels.tsx';

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
