import { useState } from 'react';
import type { ImageRequest } from '../actions/sending/prediction-tracker.ts';
import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { LatePart, lateCode } from '../widgets/late-part.tsx';

const programPanel = lateCode(() => import('./program-panel.tsx'));

/** How a program reads this picture. The page fetches the programs only once somebody opens them. */
export function ProgramSection(props: {
  tracked: TrackedPrediction;
  /** The picture's file name. */
  name: string;
  /** The picture as it was sent, for those who do not have its file; null where the page does not have it either. */
  drawing: ImageRequest['image'] | null;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="program" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="program-toggle">{texts.program.heading}</summary>
      {isOpen && (
        <LatePart of={programPanel} waiting={<p role="status">{texts.program.loading}</p>}>
          {({ ProgramPanel }) => <ProgramPanel {...props} />}
        </LatePart>
      )}
    </details>
  );
}
