import { useEffect, useState } from 'react';
import { isPending, type Reading } from '../state/reading.ts';
import { texts } from '../texts.ts';
import { sureness } from './confidence.ts';

/** While somebody draws, answers come several times a second: only one that stands for this long is read out. */
const SETTLED_MS = 800;

/** Tells screen readers the answer, once it stands. Failures announce themselves. */
export function Announcer({ reading }: { reading: Reading }) {
  const [spoken, setSpoken] = useState('');
  const words = wordsFor(reading);
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
  const { result } = answer;
  const percent = texts.percent(result.confidence);
  if (result.uncertain) return texts.spokenUncertain(result.predicted_digit, percent);
  return texts.spoken(result.predicted_digit, texts.sure[sureness(result)], percent);
}
