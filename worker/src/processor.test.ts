import { type JobResult, jobResult, type StoredOutcome, toStored } from '@inkqueue/shared/contracts/job';
import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { expect, test } from 'vitest';
import { ImageError } from './pipeline/image-error.ts';
import { createPredict } from './pipeline/predict.ts';
import type { Preprocess } from './pipeline/preprocess.ts';
import { single } from './pipeline/reading.ts';
import { createProcessor, type PredictionJob } from './processor.ts';

const pixels = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
const box = { left: 1, top: 2, width: 3, height: 4 };

/** What preprocess makes of any image. */
const preprocessed = {
  reading: single({ pixels, box, isDoubtful: false }),
  tensors: [new Float32Array(784)],
  timings: { decode_ms: 0.7504, normalize_ms: 1.25 },
};

function create(change: {
  read?: (
    jobId: string,
    count: number,
    options?: { isLarge?: boolean | undefined },
  ) => Promise<(Buffer | null)[]>;
  preprocess?: Preprocess;
  run?: (tensors: readonly Float32Array[]) => Promise<Float32Array[]>;
  concurrency?: number;
  logged?: unknown[];
}) {
  const one = Float32Array.of(0, 9, 0, 0, 0, 0, 0, 0, 0, 0);
  const run = change.run ?? (async (tensors) => tensors.map(() => one));
  return createProcessor({
    uploads: {
      read: change.read ?? (async (_, count) => Array.from({ length: count }, (_, i) => Buffer.of(i))),
    },
    predict: createPredict({
      model: { manifest: testManifest, run },
      preprocess: change.preprocess ?? (async () => preprocessed),
      batchMax: 32,
      concurrency: change.concurrency ?? 4,
    }),
    manifest: testManifest,
    worker: 'w1',
    log: { error: (...args: unknown[]) => void change.logged?.push(args) },
  });
}

const waiting = (count: number) => ({ pictures: Array.from({ length: count }, () => ({ bytes: 1 })) });
const job = (change: object = {}) =>
  ({
    id: 'a',
    timestamp: 1_000,
    processedOn: 1_040,
    stalledCounter: 0,
    data: waiting(1),
    ...change,
  }) as PredictionJob;

/** The outcome of a job of one image. */
async function outcomeOf(change: Parameters<typeof create>[0], of = job()): Promise<StoredOutcome> {
  const { outcomes } = await create(change)(of);
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

/** What was read of a job, as it is stored. */
const stored = ({ outcomes, ...job }: JobResult) => ({
  ...job,
  outcomes: outcomes.map((outcome) =>
    'result' in outcome ? { ...outcome, result: toStored(outcome.result) } : outcome,
  ),
});

test('returns a result as the contract has it, with the time of each stage', async () => {
  const result = await create({})(job());
  expect(stored(jobResult.parse(result))).toEqual(result);
  expect(result).toMatchObject({
    model: { name: 'test', version: '1' },
    worker: 'w1',
    started_at: 1_040,
    outcomes: [
      {
        result: { predicted_digit: 1 },
        timings: { queue_ms: 40, decode_ms: 0.75, normalize_ms: 1.25, batch_size: 1, batch_pictures: 1 },
      },
    ],
  });
});

test('the network’s input goes into the outcomes of clients that asked, and into no others', async () => {
  const data = { pictures: [{ bytes: 1 }, { bytes: 1, preview: true }, { bytes: 1, preview: true }] };
  const process = create({
    preprocess: async ([which]) => {
      if (which === 2) throw new ImageError('no-ink', 'Nothing.');
      return preprocessed;
    },
  });
  const result = await process(job({ data }));
  expect(stored(jobResult.parse(result))).toEqual(result);
  const [plain, previewed, blank] = result.outcomes;
  expect(plain).not.toHaveProperty('preview');
  expect(blank).toMatchObject({ error: { code: 'no-ink' } });
  expect(blank).not.toHaveProperty('preview');
  const text = Buffer.from(pixels).toString('base64');
  expect(previewed).toMatchObject({ preview: { width: 28, height: 28, pixels: text } });
});

test('a client that asks why gets an explanation of each digit, and others none', async () => {
  const pictures = [{ bytes: 1 }, { bytes: 1, explain: true }];
  const result = await create({})(job({ data: { pictures } }));
  const [plain, explained] = result.outcomes;
  expect(plain).not.toHaveProperty('explanation');
  expect(explained).toMatchObject({
    explanation: { width: 14, digits: [{ scale: 0 }] },
    timings: { batch_size: 2, explain_ms: expect.any(Number) },
  });
});

test('an image of several digits is read whole, as its client expects it', async () => {
  const asked: unknown[] = [];
  const digits = [1, 7].map((digit, at) => ({
    from: at,
    to: at + 1,
    cost: 0,
    isDoubtful: false,
    pixels,
    box: { ...box, left: digit },
  }));
  const process = create({
    preprocess: async (_, options) => {
      asked.push(options?.expect);
      return {
        reading: { lines: [{ pieces: 2, candidates: digits }] },
        tensors: [Float32Array.of(1), Float32Array.of(7)],
        timings: preprocessed.timings,
      };
    },
    run: async (tensors) =>
      tensors.map(([value]) => Float32Array.from({ length: 10 }, (_, digit) => (digit === value ? 9 : 0))),
  });
  const data = { pictures: [{ bytes: 1, expect: 'many' }, { bytes: 1 }, { bytes: 1, preview: true }] };
  const result = await process(job({ data }));
  expect(stored(jobResult.parse(result))).toEqual(result);
  expect(asked).toEqual(['many', undefined, undefined]);
  const read = {
    predicted_digit: null,
    reason: 'several-digits',
    text: '17',
    digits: [
      { digit: 1, box: { ...box, left: 1 } },
      { digit: 7, box: { ...box, left: 7 } },
    ],
  };
  expect(result.outcomes).toMatchObject([
    { result: read, timings: { batch_size: 6 } },
    { result: read },
    { result: read, preview: { digits: [{}, {}] } },
  ]);
});

test('a worker’s clock that is behind makes no negative wait', async () => {
  const outcome = await outcomeOf({}, job({ timestamp: 5_000 }));
  expect(outcome).toMatchObject({ timings: { queue_ms: 0 } });
});

test.each(['unreadable-image', 'too-many-pixels', 'too-small', 'no-ink', 'unsupported-format'] as const)(
  'an image that is %s is not retried',
  async (code) => {
    const outcome = await outcomeOf({
      preprocess: async () => {
        throw new ImageError(code, 'What was wrong.');
      },
    });
    expect(outcome).toEqual({ error: { code, detail: 'What was wrong.', retryable: false } });
  },
);

test('an image whose bytes have expired is not retried, but the client may send it again', async () => {
  expect(await outcomeOf({ read: async () => [null] })).toMatchObject({
    error: { code: 'upload-expired', retryable: true },
  });
});

test.each([
  ['reading the bytes', { read: () => Promise.reject(new Error('no memory')) }],
  ['inference', { run: () => Promise.reject(new Error('no memory')) }],
])('any other failure of %s fails the job, for the queue to retry', async (_, change) => {
  await expect(create(change)(job({ data: waiting(2) }))).rejects.toThrow('no memory');
});

test('whatever preprocessing throws costs that image alone, and the log says what it was', async () => {
  const logged: unknown[] = [];
  const cause = new TypeError('a fault of ours');
  const process = create({
    logged,
    preprocess: ([which]) => (which === 1 ? Promise.reject(cause) : Promise.resolve(preprocessed)),
  });
  const { outcomes } = await process(job({ data: waiting(3) }));
  expect(outcomes).toMatchObject([
    { result: { predicted_digit: 1 } },
    { error: { code: 'internal', retryable: true, detail: expect.not.stringContaining('fault of ours') } },
    { result: { predicted_digit: 1 } },
  ]);
  expect(logged).toEqual([[{ err: cause }, expect.any(String)]]);
});

test('each image of a job has an outcome of its own, in its place', async () => {
  const refused = { code: 'too-large', detail: 'Too many bytes.', retryable: false };
  const asked: unknown[] = [];
  const begun: number[] = [];
  const process = create({
    read: async (...args) => {
      asked.push(args);
      return [Buffer.of(0), Buffer.of(1), null, null];
    },
    preprocess: async ([which]) => {
      begun.push(which!);
      if (which === 0) throw new ImageError('unreadable-image', 'Damaged.');
      return preprocessed;
    },
  });
  const data = { pictures: [{ bytes: 1 }, { bytes: 1 }, { refused }, { bytes: 1 }] };
  const result = await process(job({ data }));
  expect(stored(jobResult.parse(result))).toEqual(result);
  expect(result.outcomes).toMatchObject([
    { error: { code: 'unreadable-image' } },
    { result: { predicted_digit: 1 } },
    { error: refused },
    { error: { code: 'upload-expired' } },
  ]);
  expect(asked).toEqual([['a', 4, { isLarge: false }]]);
  await process(job({ data: { ...data, heavy: true } }));
  expect(asked[1]).toEqual(['a', 4, { isLarge: true }]);
  expect(begun).toEqual([0, 1, 0, 1]);
});

test('the images of one job run through the network together', async () => {
  const runs: number[] = [];
  const process = create({
    run: async (tensors) => {
      runs.push(tensors.length);
      return tensors.map(() => new Float32Array(10));
    },
  });
  const { outcomes } = await process(job({ data: waiting(3) }));
  expect(outcomes).toHaveLength(3);
  expect(runs).toEqual([3]);
});

test('the images of a job that was taken over are predicted one at a time, each noted before', async () => {
  let open = 0;
  const noted: number[] = [];
  const ended: number[] = [];
  const process = create({
    preprocess: async ([which]) => {
      expect(++open).toBe(1);
      expect(noted).toHaveLength(which! + 1);
      await new Promise(setImmediate);
      ended.push(which!);
      open--;
      return preprocessed;
    },
  });
  const updateProgress = async ({ tries }: { tries: object }) => void noted.push(Object.keys(tries).length);
  const { outcomes } = await process(
    job({ data: waiting(3), stalledCounter: 1, progress: 0, updateProgress }),
  );
  expect(ended).toEqual([0, 1, 2]);
  expect(noted).toEqual([1, 2, 3]);
  expect(outcomes).toMatchObject(Array(3).fill({ result: { predicted_digit: 1 } }));
});

test('a bounded number of images is preprocessed at once, and a failed one makes room', async () => {
  let [open, most] = [0, 0];
  const ends: (() => void)[] = [];
  const process = create({
    concurrency: 2,
    preprocess: () => {
      open++;
      most = Math.max(most, open);
      return new Promise((resolve, reject) => {
        const isFaulty = ends.length % 2 === 1;
        ends.push(() => {
          open--;
          if (isFaulty) reject(new ImageError('unreadable-image', ''));
          else resolve(preprocessed);
        });
      });
    },
  });
  // The bound holds over jobs as over the images of one job.
  const all = Promise.all(['a', 'b'].map((id) => process(job({ id, data: waiting(3) }))));
  for (let ended = 0; ended < 6; ended++) {
    await expect.poll(() => ends.length).toBeGreaterThan(ended);
    ends[ended]!();
  }
  const read = (await all).flatMap(({ outcomes }) => outcomes).filter((outcome) => 'result' in outcome);
  expect([read.length, most]).toEqual([3, 2]);
});
