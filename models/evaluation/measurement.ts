import type { RecognizedDigit } from '@inkqueue/worker/pipeline/postprocess';
import type { LabelledImage } from './labels.ts';

/** What the pipeline made of one labelled image. */
export interface Measurement {
  image: LabelledImage;
  /** Lines from top to bottom, digits from left to right. null where the image was refused. */
  lines: RecognizedDigit[][] | null;
  /** Why the image was refused. */
  error: { code: string; detail: string } | null;
  milliseconds: { decode: number; normalize: number; inference: number };
}

/** A measurement by what its image shows. */
export type Shows = 'digit' | 'number' | 'nothing';

export function whatIsShown({ image: { label } }: Measurement): Shows {
  if (label === null) return 'nothing';
  return label.length === 1 ? 'digit' : 'number';
}

/** What was read, as a label says it; null where the image was refused. */
export function textOf({ lines }: Measurement): string | null {
  return lines?.map((line) => line.map(({ digit }) => digit).join('')).join('-') ?? null;
}

/** Whether exactly the label was read. */
export function isCorrect(measurement: Measurement): boolean {
  const text = textOf(measurement);
  return text !== null && text === measurement.image.label;
}

/** The digit, where exactly one was read. */
export function onlyDigit({ lines }: Measurement): RecognizedDigit | null {
  const digits = lines?.flat() ?? [];
  return digits.length === 1 ? digits[0]! : null;
}

/** Whether the answer is flagged: the image was refused, or one of its digits at least is uncertain. */
export function isUncertain({ lines }: Measurement): boolean {
  return lines === null || lines.flat().some(({ uncertain }) => uncertain);
}

/** The probability that every digit is right; null where the image was refused. */
export function confidenceOf({ lines }: Measurement): number | null {
  return lines?.flat().reduce((product, { confidence }) => product * confidence, 1) ?? null;
}
