import type { Classification } from '@inkqueue/worker/pipeline/postprocess';
import type { LabelledImage } from './labels.ts';

/** What the pipeline made of one labelled image. */
export interface Measurement {
  image: LabelledImage;
  /** null where the image was refused. */
  classified: Classified | null;
  /** Why the image was refused. */
  error: { code: string; detail: string } | null;
  milliseconds: { decode: number; normalize: number; inference: number };
}

export interface Classified extends Classification {
  /** The network's 28×28 input as ink, 0…255. */
  pixels: Uint8Array;
}
