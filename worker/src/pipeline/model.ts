import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelManifest, modelManifest } from '@inkqueue/shared/contracts/model';
import { UserError } from '@inkqueue/shared/node/user-error';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';

/** Side in pixels of what normalize.ts makes: a network of another size would get part of the neighbour's tensor. */
const SIDE = 28;
/** Of the warm-up's micro-batch: two, so that a network whose batch is not dynamic fails. */
const WARM_UP_IMAGES = 2;

/**
 * Loads models/<name>: reads the manifest, checks the file's hash and the session's input and output against the manifest,
 * and warms up with one inference.
 *
 * @throws UserError where the folder cannot be used
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

/** A network that is ready to run. */
export type Model = ReturnType<typeof createModel>;

/** @throws UserError where the folder has no valid model.json */
export async function readManifest(directory: string): Promise<ModelManifest> {
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

/** ONNX Runtime reports its use to its maker over the network unless this is set. A worker talks to Redis alone. */
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
  if (height !== SIDE || width !== SIDE) {
    throw new UserError(
      `${directory}: input ${input.name} is ${height}×${width}; only ${SIDE}×${SIDE} is supported`,
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

function createModel(manifest: ModelManifest, session: InferenceSession) {
  const { input, output } = manifest;
  const [, channels, height, width] = input.shape;
  const size = height * width;
  return {
    manifest,
    /**
     * Runs a micro-batch.
     * @param tensors height × width values each, see preprocess.ts
     * @returns the logits of each, `manifest.output.classes` values
     */
    async run(tensors: readonly Float32Array[]): Promise<Float32Array[]> {
      const batch = new Float32Array(tensors.length * size);
      for (const [i, tensor] of tensors.entries()) batch.set(tensor, i * size);
      const shape = [tensors.length, channels, height, width];
      const outputs = await session.run({ [input.name]: new Tensor('float32', batch, shape) });
      const logits = outputs[output.name]?.data;
      if (!(logits instanceof Float32Array) || logits.length !== tensors.length * output.classes) {
        throw new UserError(
          `${manifest.name}: ${tensors.length} images gave ${logits?.length ?? 'no'} logits`,
        );
      }
      return tensors.map((_, i) => logits.subarray(i * output.classes, (i + 1) * output.classes));
    },
    close: () => session.release(),
  };
}

/** The first run allocates and packs weights: better before the first image than on it. It also finds NaN in the weights. */
async function warmUp(directory: string, { manifest, run }: Model): Promise<void> {
  const [, , height, width] = manifest.input.shape;
  const blank = Array.from({ length: WARM_UP_IMAGES }, () => new Float32Array(height * width));
  const logits = await run(blank);
  if (!logits.every((each) => each.every(Number.isFinite)))
    throw new UserError(`${directory}: the warm-up gave logits that are not finite`);
}
