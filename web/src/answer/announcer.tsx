import { isPending, type TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { resultInWords, Spoken } from '../widgets/spoken.tsx';
import { waitInWords } from './wait-in-words.ts';

/** Announces the result to screen readers, once it stands. Failures announce themselves. */
export function Announcer({ tracked }: { tracked: TrackedPrediction }) {
  return <Spoken words={wordsFor(tracked)} />;
}

function wordsFor(tracked: TrackedPrediction): string {
  const { succeeded, failure, slow } = tracked;
  if (failure) return '';
  if (slow && isPending(tracked)) return waitInWords(tracked);
  if (!succeeded) return '';
  return resultInWords(succeeded.result);
}
