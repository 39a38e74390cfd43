import { type JobData, type JobResult, jobResult, parseFailure } from '@inkqueue/shared/contracts/job';
import { type Job, UnrecoverableError } from 'bullmq';
import { expect, test } from 'vitest';
import type { Batcher } from './batcher.ts';
import type { Model } from './model.ts';
import { type Picture, PictureError } from './picture.ts';
import { createProcessor } from './processor.ts';

const manifest: Model['manifest'] = {
  name: 'test',
  version: '1',
  description: '',
  file: 'model.onnx',
  sha256: '0'.repeat(64),
  input: { name: 'input', shape: [null, 1, 28, 28], mean: 0, std: 1 },
  output: { name: 'logits', classes: 10 },
  labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  calibration: { temperature: 1 },
  thresholds: { confidence: 0.5, digit_score: null },
  metrics: {},
};
const model: Model = { manifest, run: async () => new Float32Array(), close: async () => {} };

/** A vertical stroke on white paper. */
function stroke(): Picture {
  const data = new Uint8Array(60 * 60).fill(255);
  for (let y = 10; y < 50; y++) data.fill(0, y * 60 + 28, y * 60 + 33);
  return { data, width: 60, height: 60, channels: 1 };
}

function create(change: {
  read?: (id: string) => Promise<Buffer | null>;
  decode?: () => Promise<Picture>;
  infer?: Batcher['infer'];
  decodeConcurrency?: number;
}) {
  return createProcessor({
    uploads: { read: change.read ?? (async () => Buffer.from('picture')) },
    decoder: { decode: change.decode ?? (async () => stroke()) },
    model,
    batcher: {
      infer:
        change.infer ??
        (async () => ({
          logits: Float32Array.of(0, 9, 0, 0, 0, 0, 0, 0, 0, 0),
          milliseconds: 0.25,
          batchSize: 3,
        })),
    },
    decodeConcurrency: change.decodeConcurrency ?? 4,
  });
}

const job = (change: object = {}) =>
  ({ id: 'a', timestamp: 1_000, processedOn: 1_040, ...change }) as Job<JobData, JobResult, 'predict'>;

const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => {
      throw new Error('it did not fail');
    },
    (err: unknown) => err,
  );

test('returns a result as the contract has it, with the time of each stage', async () => {
  const result = await create({})(job());
  expect(jobResult.parse(result)).toEqual(result);
  expect(result).toMatchObject({
    model: { name: 'test', version: '1' },
    result: { predicted_digit: 1 },
    timings: { queue_ms: 40, inference_ms: 0.25, batch_size: 3 },
    started_at: 1_040,
  });
});

test('the network is given 28 × 28 values', async () => {
  const lengths: number[] = [];
  const process = create({
    infer: async (tensor) => {
      lengths.push(tensor.length);
      return { logits: new Float32Array(10), milliseconds: 1, batchSize: 1 };
    },
  });
  await process(job());
  expect(lengths).toEqual([784]);
});

test('a clock that is behind makes no negative wait', async () => {
  const result = await create({})(job({ timestamp: 5_000 }));
  expect(result.timings.queue_ms).toBe(0);
});

test.each(['unreadable-image', 'too-many-pixels', 'too-small', 'no-ink', 'unsupported-format'] as const)(
  'a picture that is %s is not tried again',
  async (code) => {
    const process = create({
      decode: async () => {
        throw new PictureError(code, 'What was wrong.');
      },
    });
    const err = await failureOf(process(job()));
    expect(err).toBeInstanceOf(UnrecoverableError);
    expect(parseFailure((err as Error).message)).toEqual({
      code,
      detail: 'What was wrong.',
      retryable: false,
    });
  },
);

test('a picture without ink is not tried again', async () => {
  const blank: Picture = { data: new Uint8Array(900).fill(255), width: 30, height: 30, channels: 1 };
  const err = await failureOf(create({ decode: async () => blank })(job()));
  expect(err).toBeInstanceOf(UnrecoverableError);
  expect(parseFailure((err as Error).message).code).toBe('no-ink');
});

test('one whose bytes have expired is not tried again here, but may be sent again', async () => {
  const err = await failureOf(create({ read: async () => null })(job()));
  expect(err).toBeInstanceOf(UnrecoverableError);
  expect(parseFailure((err as Error).message)).toMatchObject({ code: 'upload-expired', retryable: true });
});

test.each([
  ['reading', { read: () => Promise.reject(new Error('Connection is closed.')) }],
  ['decoding', { decode: () => Promise.reject(new TypeError('a fault of ours')) }],
  ['inference', { infer: () => Promise.reject(new Error('out of memory')) }],
])('any other failure of %s is tried again', async (_, change) => {
  const err = await failureOf(create(change)(job()));
  expect(err).toBeInstanceOf(Error);
  expect(err).not.toBeInstanceOf(UnrecoverableError);
});

test('only so many pictures are in memory at once, and a failed one makes room', async () => {
  let open = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const process = create({
    decodeConcurrency: 2,
    decode: () => {
      open++;
      most = Math.max(most, open);
      return new Promise((resolve, reject) => {
        const fails = ends.length % 2 === 1;
        ends.push(() => {
          open--;
          if (fails) reject(new PictureError('unreadable-image', ''));
          else resolve(stroke());
        });
      });
    },
  });
  const all = Promise.allSettled(Array.from({ length: 6 }, (_, i) => process(job({ id: String(i) }))));
  for (let ended = 0; ended < 6; ended++) {
    await expect.poll(() => ends.length).toBeGreaterThan(ended);
    ends[ended]!();
  }
  expect((await all).filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(most).toBe(2);
});
