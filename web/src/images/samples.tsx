import { useEffect, useRef } from 'react';
import { firstPaint } from '../browser/first-paint.ts';
import { texts } from '../texts/texts.ts';
import { lateCode, useLate } from '../widgets/late-part.tsx';
import type { OnFiles } from './ways.tsx';

type Painting = typeof import('./sample-images.ts');
type SampleName = keyof typeof texts.sampleImages;

const NAMES = Object.keys(texts.sampleImages) as SampleName[];

/** They are painted after the first paint of the page. */
const samplePainting = lateCode(async () => {
  await firstPaint();
  const painting = await import('./sample-images.ts');
  return { painting, isFaithful: painting.canPaintSamples() };
});

/** Sample images, each with what the network reads in it. A press sends one as if it had been chosen from a disk. */
export function Samples({ onFiles }: { onFiles: OnFiles }) {
  const { code, missing } = useLate(samplePainting);

  // The page is complete without them when their code could not be fetched, or the browser would alter them.
  if (missing || code?.isFaithful === false) return null;
  const painting = code?.painting ?? null;

  return (
    <fieldset className="samples">
      <legend className="visually-hidden">{texts.samples}</legend>
      {NAMES.map((name) => (
        <div key={name} className="sample-card">
          <button
            type="button"
            className="sample"
            title={texts.sampleImages[name]}
            aria-label={texts.sampleImages[name]}
            disabled={painting === null}
            onClick={async () => {
              if (painting) onFiles([await painting.sampleImage(name, texts.sampleImages[name])], 'file');
            }}
          >
            {painting && <Thumbnail name={name} painting={painting} />}
          </button>
          <span className="sample-outcome">{texts.sampleOutcomes[name]}</span>
        </div>
      ))}
    </fieldset>
  );
}

function Thumbnail({ name, painting }: { name: SampleName; painting: Painting }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Each in its own task: on a slow phone all four together would hold up the first stroke.
  useEffect(() => {
    const soon = setTimeout(() => {
      const element = canvas.current!;
      painting.paintSample(element, name, Math.round(element.clientWidth * devicePixelRatio));
    });
    return () => clearTimeout(soon);
  }, [painting, name]);
  return <canvas ref={canvas} className="sample-thumb" />;
}
