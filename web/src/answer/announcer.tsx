import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import { useEffect, useState } from 'react';
import { isPending, type Reading } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { sureness } from '../widgets/confidence.ts';

/** While somebody draws, answers come several times a second: only one that stands for this long is read out. */
const SETTLED_MS = 800;

/** Tells screen readers the answer, once it stands. Failures announce themselves. */
export function Announcer({ reading }: { reading: Reading }) {
  return <Spoken words={wordsFor(reading)} />;
}

/** Words that are read out once they stand; nothing is seen of them. */
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

function wordsFor(reading: Reading): string {
  const { answer, failure, slow } = reading;
  if (failure) return '';
  if (slow && isPending(reading)) return texts.stillReading;
  if (!answer) return '';
  return inWords(answer.result.predicted_digit, answer.result);
}

/** `digit`, and how sure that is, as a sentence. */
export function inWords(digit: number, result: Pick<PredictionResult, 'confidence' | 'uncertain'>): string {
  const percent = texts.percent(result.confidence);
  if (result.uncertain) return texts.spokenUncertain(digit, percent);
  return texts.spoken(digit, texts.sure[sureness(result)], percent);
}
