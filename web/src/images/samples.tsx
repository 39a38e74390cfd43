import { useEffect, useRef, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { firstPaint } from '../widgets/first-paint.ts';

type Painting = typeof import('./sample-images.ts');
type SampleName = keyof typeof texts.sampleImages;

const NAMES = Object.keys(texts.sampleImages) as SampleName[];

/** Sample images for a first try: each is sent as if it had been chosen from a disk. */
export function Samples({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [painting, setPainting] = useState<Painting | null>(null);
  const [missing, setMissing] = useState(false);

  // They are painted after the first paint of the page.
  useEffect(() => {
    firstPaint()
      .then(() => import('./sample-images.ts'))
      .then(
        (loaded) => (loaded.isCanvasFaithful() ? setPainting(loaded) : setMissing(true)),
        () => setMissing(true),
      );
  }, []);

  // The page is complete without them when their code could not be fetched, or the browser would alter them.
  if (missing) return null;

  return (
    <fieldset className="samples">
      <legend className="visually-hidden">{texts.samples}</legend>
      <span className="samples-hint" aria-hidden="true">
        {texts.samples}
      </span>
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          className="sample"
          title={texts.sampleImages[name]}
          aria-label={texts.sampleImages[name]}
          disabled={painting === null}
          onClick={async () => {
            if (painting) onFiles([await painting.sampleImage(name, texts.sampleImages[name])]);
          }}
        >
          {painting && <Thumbnail name={name} painting={painting} />}
        </button>
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
