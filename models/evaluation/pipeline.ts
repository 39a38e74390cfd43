import type { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { type Model, pictureSize, toTensor } from '@inkqueue/worker/pipeline/model';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import { PictureError } from '@inkqueue/worker/pipeline/picture';
import { interpret, read } from '@inkqueue/worker/pipeline/postprocess';
import type { LabelledPicture } from './labels.ts';
import type { Outcome } from './outcome.ts';

const batch = 32;

/** A labelled picture and how to get its file's bytes. */
export interface Source {
  picture: LabelledPicture;
  bytes(): Promise<Uint8Array>;
}

interface Options {
  decoder: ReturnType<typeof createDecoder>;
  model: Model;
  /** Called after each batch with the number of pictures done. */
  onProgress(done: number): void;
}

/** Sends every picture through decode, normalise and network, as the worker does, in batches of 32. */
export async function readPictures(sources: Source[], options: Options): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < sources.length; start += batch) {
    const prepared: Prepared[] = [];
    for (const source of sources.slice(start, start + batch)) prepared.push(await prepare(source, options));
    await infer(prepared, options.model);
    outcomes.push(...prepared.map(({ outcome }) => outcome));
    options.onProgress(outcomes.length);
  }
  return outcomes;
}

interface Prepared {
  outcome: Outcome;
  /** null where the picture was refused. */
  pixels: Uint8Array | null;
}

async function prepare({ picture, bytes }: Source, { decoder }: Options): Promise<Prepared> {
  const milliseconds = { decode: 0, normalize: 0, inference: 0 };
  const outcome: Outcome = { picture, answer: null, error: null, milliseconds };
  try {
    const file = await bytes();
    const start = performance.now();
    const decoded = await decoder.decode(file);
    const middle = performance.now();
    milliseconds.decode = middle - start;
    const { pixels } = normalize(decoded);
    milliseconds.normalize = performance.now() - middle;
    return { outcome, pixels };
  } catch (error) {
    outcome.error = describe(error);
    return { outcome, pixels: null };
  }
}

/** One picture's failure is a finding of the evaluation, never the end of it. */
function describe(error: unknown): { code: string; detail: string } {
  if (error instanceof PictureError) return { code: error.code, detail: error.message };
  if (error instanceof Error && 'syscall' in error)
    return { code: 'unreadable-file', detail: 'The file can’t be read.' };
  return { code: 'internal', detail: String(error) };
}

async function infer(prepared: Prepared[], model: Model): Promise<void> {
  const usable = prepared.flatMap(({ outcome, pixels }) => (pixels ? [{ outcome, pixels }] : []));
  if (usable.length === 0) return;
  const { manifest } = model;
  const size = pictureSize(manifest);
  const input = new Float32Array(usable.length * size);
  usable.forEach(({ pixels }, i) => {
    toTensor(pixels, manifest, input, i * size);
  });
  const start = performance.now();
  const logits = await model.run(input, usable.length);
  const each = (performance.now() - start) / usable.length;
  const { classes } = manifest.output;
  usable.forEach(({ outcome, pixels }, i) => {
    const own = logits.subarray(i * classes, (i + 1) * classes);
    outcome.milliseconds.inference = each;
    outcome.answer = { ...read(own, manifest), uncertain: interpret(own, manifest).uncertain, pixels };
  });
}
