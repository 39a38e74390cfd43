import { useEffect, useRef, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { firstPaint } from '../widgets/first-paint.ts';

type Painting = typeof import('./sample-images.ts');
type SampleName = keyof typeof texts.samplePictures;

const names = Object.keys(texts.samplePictures) as SampleName[];

/** Pictures of our own for a first try: each is read as if it had been chosen from a disk. */
export function Samples({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [painting, setPainting] = useState<Painting | null>(null);
  const [missing, setMissing] = useState(false);

  // They are painted once the page stands.
  useEffect(() => {
    firstPaint()
      .then(() => import('./sample-images.ts'))
      .then(setPainting, () => setMissing(true));
  }, []);

  // Nobody misses them where their code could not be fetched.
  if (missing) return null;

  return (
    <fieldset className="samples">
      <legend className="visually-hidden">{texts.samples}</legend>
      <span className="samples-hint" aria-hidden="true">
        {texts.samples}
      </span>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className="sample"
          title={texts.samplePictures[name]}
          aria-label={texts.samplePictures[name]}
          disabled={painting === null}
          onClick={async () => {
            if (painting) onFiles([await painting.samplePicture(name, texts.samplePictures[name])]);
          }}
        >
          {painting && <Thumb name={name} painting={painting} />}
        </button>
      ))}
    </fieldset>
  );
}

function Thumb({ name, painting }: { name: SampleName; painting: Painting }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Each in a task of its own: on a slow phone all four together would hold up the first stroke.
  useEffect(() => {
    const soon = setTimeout(() => {
      const element = canvas.current!;
      painting.paintSample(element, name, Math.round(element.clientWidth * devicePixelRatio));
    });
    return () => clearTimeout(soon);
  }, [painting, name]);
  return <canvas ref={canvas} className="sample-thumb" />;
}
