import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import { useEffect, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { sureness } from './confidence.ts';

/** While somebody draws, results come several times a second: only words that stand for this long are read out. */
const SETTLED_MS = 800;

/** Words for screen readers, read out once they stand. They are not visible. */
export function Spoken({ words }: { words: string }) {
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(words), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {spoken}
    </p>
  );
}

/** A sentence with what was read and how sure the network is. */
export function resultInWords(result: Pick<PredictionResult, 'text' | 'confidence' | 'uncertain'>): string {
  const read = texts.aloud(result.text);
  const percent = texts.percent(result.confidence);
  const sure = sureness(result);
  if (sure === 'perhaps-none') return texts.spokenPerhapsNone(read, percent);
  if (sure === 'perhaps-not-all') return texts.spokenPerhapsNotAll(read, percent);
  return texts.spoken(read, texts.sure[sure], percent);
}
