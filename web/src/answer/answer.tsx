import type { Picture } from '../state/page.ts';
import type { Reading } from '../state/reading.ts';
import { texts } from '../texts.ts';
import { Announcer } from './announcer.tsx';
import { Bars } from './bars.tsx';
import { JourneyLine } from './journey-line.tsx';
import { Verdict } from './verdict.tsx';

/** All that the page knows of one reading: of the drawing, or of the picture named. */
export function Answer(props: { reading: Reading; picture: Picture | null; onRetry: () => void }) {
  const { reading, picture } = props;
  return (
    <section className="answer" aria-label={texts.answer} data-phase={reading.phase}>
      <h2 className="answer-of" data-drawing={picture === null}>
        {picture ? picture.name : texts.yourDrawing}
      </h2>
      <Verdict reading={reading} onRetry={props.onRetry} />
      <Bars result={reading.answer?.result ?? null} />
      <JourneyLine reading={reading} />
      <Announcer reading={reading} />
    </section>
  );
}
