import type { Reading } from '@inkqueue/worker/pipeline/postprocess';
import type { LabelledPicture } from './labels.ts';

/** What the pipeline made of one labelled picture. */
export interface Outcome {
  picture: LabelledPicture;
  /** null where the picture was refused. */
  answer: Answer | null;
  error: { code: string; detail: string } | null;
  milliseconds: { decode: number; normalize: number; inference: number };
}

export interface Answer extends Reading {
  uncertain: boolean;
  /** The network's 28×28 input, 0…255. */
  pixels: Uint8Array;
}
