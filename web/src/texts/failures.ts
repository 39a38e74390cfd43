import type { FailureCode } from '../state/prediction/failure.ts';
import { texts } from './texts.ts';

interface FailureText {
  what: string;
  next: string;
}

type FailureTexts = Partial<Record<FailureCode, FailureText>>;

/** What went wrong and what to do next, for a failure's stable code. */
export function failureText(code: FailureCode): FailureText {
  const all: FailureTexts = texts.failures;
  return all[code] ?? texts.otherFailure;
}

/** The same where the page does not have the image: only its result can come. */
export function goneImageText(code: FailureCode): FailureText {
  const { what, next } = failureText(code);
  return { what, next: next === texts.keptHere ? texts.resultMayBeThere : next };
}

/** Why the link of a prediction or of a batch shows no result, and what to do next. */
export function resultFailureText(code: FailureCode): FailureText {
  const all: FailureTexts = { ...texts.batchFailures, ...texts.resultFailures };
  return all[code] ?? texts.otherResultFailure;
}
