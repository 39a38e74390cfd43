import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelManifest, modelManifest } from '@inkqueue/shared/contracts/model';
import { UserError } from '@inkqueue/shared/node/user-error';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';

/** What normalize.ts makes of a picture, in pixels. Another network would be given part of its neighbour's picture. */
const side = 28;

/** A network ready to run: its manifest was checked against the session, and one inference has been made. */
export interface Model {
  manifest: ModelManifest;
  /**
   * Runs `n` pictures at once.
   * @param input `n` × height × width values, each (ink / 255 − mean) / std
   * @returns `n` × classes logits
   */
  run(input: Float32Array, n: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Loads models/<name>: reads the manifest, checks the file's hash and the session's input and output against it, and
 * warms up with one real inference.
 * @throws UserError where the folder isn't usable
 */
export async function loadModel(options: { directory: string; threads: number }): Promise<Model> {
  const { directory, threads } = options;
  const manifest = await readManifest(directory);
  const bytes = await readPart(directory, manifest.file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== manifest.sha256) {
    throw new UserError(
      `${directory}: ${manifest.file} has sha256 ${sha256}, the manifest says ${manifest.sha256}`,
    );
  }
  const session = await openSession(directory, bytes, threads);
  checkSession(directory, manifest, session);
  const model = createModel(manifest, session);
  await warmUp(directory, model);
  return model;
}

/**
 * Writes one picture into a batch: `into[offset…] = (ink / 255 − mean) / std`.
 * @param pixels height × width ink values, 0…255
 */
export function toTensor(
  pixels: Uint8Array,
  manifest: ModelManifest,
  into: Float32Array,
  offset: number,
): void {
  const scale = 1 / (255 * manifest.input.std);
  const shift = -manifest.input.mean / manifest.input.std;
  for (let i = 0; i < pixels.length; i++) into[offset + i] = pixels[i]! * scale + shift;
}

/** Values per picture in the network's input. */
export function pictureSize(manifest: ModelManifest): number {
  return manifest.input.shape[2] * manifest.input.shape[3];
}

async function readManifest(directory: string): Promise<ModelManifest> {
  const text = (await readPart(directory, 'model.json')).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(`${directory}: model.json is not JSON: ${error.message}`);
  }
  const parsed = modelManifest.safeParse(json);
  if (!parsed.success) throw new UserError(`${directory}: model.json: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

async function readPart(directory: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(directory, file));
  } catch (error) {
    throw new UserError(`${directory}: ${file} can't be read`, { cause: error });
  }
}

/** ONNX Runtime reports its use to its maker over the network unless told not to. Ours talks to Redis and nobody else. */
function disableTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
}

async function openSession(directory: string, bytes: Uint8Array, threads: number): Promise<InferenceSession> {
  disableTelemetry();
  try {
    return await InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw new UserError(`${directory}: ONNX Runtime can't load the network`, { cause: error });
  }
}

function checkSession(directory: string, manifest: ModelManifest, session: InferenceSession): void {
  const { input, output } = manifest;
  checkValue(`${directory}: input`, session.inputMetadata, input.name, input.shape);
  checkValue(`${directory}: output`, session.outputMetadata, output.name, [null, output.classes]);
  const [, , height, width] = input.shape;
  if (height !== side || width !== side) {
    throw new UserError(
      `${directory}: input ${input.name} is ${height}×${width}; only ${side}×${side} is fed here`,
    );
  }
}

function checkValue(
  what: string,
  values: readonly InferenceSession.ValueMetadata[],
  name: string,
  shape: readonly (number | null)[],
): void {
  const value = values.find((candidate) => candidate.name === name);
  if (!value)
    throw new UserError(`${what} ${name} is not in the network: ${values.map((v) => v.name).join(', ')}`);
  if (!value.isTensor || value.type !== 'float32')
    throw new UserError(`${what} ${name} is not a float32 tensor`);
  // A dynamic dimension has a name in place of a size.
  const actual = value.shape.map((size) => (typeof size === 'number' ? size : null));
  if (actual.length !== shape.length || actual.some((size, i) => size !== shape[i])) {
    const shown = JSON.stringify(value.shape);
    throw new UserError(`${what} ${name} has the shape ${shown}, the manifest says ${JSON.stringify(shape)}`);
  }
}

function createModel(manifest: ModelManifest, session: InferenceSession): Model {
  const [, channels, height, width] = manifest.input.shape;
  const size = pictureSize(manifest);
  return {
    manifest,
    async run(input, n) {
      const tensor = new Tensor('float32', input.subarray(0, n * size), [n, channels, height, width]);
      const outputs = await session.run({ [manifest.input.name]: tensor });
      const logits = outputs[manifest.output.name]?.data;
      if (!(logits instanceof Float32Array) || logits.length !== n * manifest.output.classes) {
        throw new UserError(`${manifest.name}: ${n} pictures gave ${logits?.length ?? 'no'} logits`);
      }
      return logits;
    },
    close: () => session.release(),
  };
}

/** A first run allocates and packs weights: better before the first picture than on it. It also shows NaN in the weights. */
async function warmUp(directory: string, model: Model): Promise<void> {
  const n = 2;
  const logits = await model.run(new Float32Array(n * pictureSize(model.manifest)), n);
  if (!logits.every(Number.isFinite))
    throw new UserError(`${directory}: the warm-up gave logits that aren't finite`);
}
