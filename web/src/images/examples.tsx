import { texts } from '../texts/texts.ts';
import { Samples } from './samples.tsx';
import type { OnFiles } from './ways.tsx';

/** Before the first answer, in its place: pictures that the network can read, one that it cannot, and what else it takes. */
export function Examples({ onFiles }: { onFiles: OnFiles }) {
  return (
    <div className="examples">
      <h2 className="examples-heading">{texts.examples.heading}</h2>
      <Samples onFiles={onFiles} />
      <p className="examples-words">{texts.examples.reads}</p>
      <p className="examples-words examples-drop">{texts.examples.drop}</p>
    </div>
  );
}
