import { jobResult, type Outcome } from '@inkqueue/shared/contracts/job';
import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import type { Batcher } from './pipeline/batcher.ts';
import type { Model } from './pipeline/model.ts';
import { type Picture, PictureError } from './pipeline/picture.ts';
import { createProcessor, type PredictionJob } from './processor.ts';

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
  read?: (jobId: string, count: number) => Promise<(Buffer | null)[]>;
  decode?: (bytes: Buffer) => Promise<Picture>;
  infer?: Batcher['infer'];
  decodeConcurrency?: number;
}) {
  return createProcessor({
    uploads: {
      read: change.read ?? (async (_, count) => Array.from({ length: count }, (_, i) => Buffer.of(i))),
    },
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
    limit: pLimit(change.decodeConcurrency ?? 4),
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

/** What a job of one picture made of it. */
async function outcomeOf(change: Parameters<typeof create>[0], of = job()): Promise<Outcome> {
  const { outcomes } = await create(change)(of);
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

test('returns a result as the contract has it, with the time of each stage', async () => {
  const result = await create({})(job());
  expect(jobResult.parse(result)).toEqual(result);
  expect(result).toMatchObject({
    model: { name: 'test', version: '1' },
    started_at: 1_040,
    outcomes: [
      { result: { predicted_digit: 1 }, timings: { queue_ms: 40, inference_ms: 0.25, batch_size: 3 } },
    ],
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

test('what the network saw goes with the outcomes of those who asked, and of no others', async () => {
  const data = { pictures: [{ bytes: 1 }, { bytes: 1, preview: true }, { bytes: 1, preview: true }] };
  const tensors: Float32Array[] = [];
  const process = create({
    decode: async ([which]) => {
      if (which === 2) throw new PictureError('no-ink', 'Nothing.');
      return stroke();
    },
    infer: async (tensor) => {
      tensors.push(tensor);
      return { logits: new Float32Array(10), milliseconds: 1, batchSize: 1 };
    },
  });
  const result = await process(job({ data }));
  expect(jobResult.parse(result)).toEqual(result);
  const [plain, seen, blank] = result.outcomes;
  expect(plain).not.toHaveProperty('preview');
  expect(blank).toMatchObject({ error: { code: 'no-ink' } });
  expect(blank).not.toHaveProperty('preview');
  expect(seen).toMatchObject({ preview: { width: 28, height: 28 } });
  const { pixels } = (seen as { preview: { pixels: string } }).preview;
  const ink = [...Buffer.from(pixels, 'base64')].map((value) => value / 255);
  expect(tensors[1]).toEqual(Float32Array.from(ink));
});

test('a clock that is behind makes no negative wait', async () => {
  const outcome = await outcomeOf({}, job({ timestamp: 5_000 }));
  expect(outcome).toMatchObject({ timings: { queue_ms: 0 } });
});

test.each(['unreadable-image', 'too-many-pixels', 'too-small', 'no-ink', 'unsupported-format'] as const)(
  'a picture that is %s is not tried again',
  async (code) => {
    const outcome = await outcomeOf({
      decode: async () => {
        throw new PictureError(code, 'What was wrong.');
      },
    });
    expect(outcome).toEqual({ error: { code, detail: 'What was wrong.', retryable: false } });
  },
);

test('a picture without ink is not tried again', async () => {
  const blank: Picture = { data: new Uint8Array(900).fill(255), width: 30, height: 30, channels: 1 };
  expect(await outcomeOf({ decode: async () => blank })).toMatchObject({ error: { code: 'no-ink' } });
});

test('one whose bytes have expired is not tried again here, but may be sent again', async () => {
  expect(await outcomeOf({ read: async () => [null] })).toMatchObject({
    error: { code: 'upload-expired', retryable: true },
  });
});

test.each([
  ['reading', { read: () => Promise.reject(new Error('a fault of ours')) }],
  ['decoding', { decode: () => Promise.reject(new TypeError('a fault of ours')) }],
  ['inference', { infer: () => Promise.reject(new Error('a fault of ours')) }],
])('any other failure of %s is the job’s, to be tried again', async (_, change) => {
  await expect(create(change)(job({ data: waiting(2) }))).rejects.toThrow('a fault of ours');
});

test('each picture of a job ends for itself, in its place', async () => {
  const refused = { code: 'too-large', detail: 'Too many bytes.', retryable: false };
  const asked: unknown[] = [];
  const decoded: number[] = [];
  const process = create({
    read: async (...args) => {
      asked.push(args);
      return [Buffer.of(0), Buffer.of(1), null, null];
    },
    decode: async ([which]) => {
      decoded.push(which!);
      if (which === 0) throw new PictureError('unreadable-image', 'Damaged.');
      return stroke();
    },
  });
  const data = { pictures: [{ bytes: 1 }, { bytes: 1 }, { refused }, { bytes: 1 }] };
  const result = await process(job({ data }));
  expect(jobResult.parse(result)).toEqual(result);
  expect(result.outcomes).toMatchObject([
    { error: { code: 'unreadable-image' } },
    { result: { predicted_digit: 1 } },
    { error: refused },
    { error: { code: 'upload-expired' } },
  ]);
  expect(asked).toEqual([['a', 4]]);
  expect(decoded).toEqual([0, 1]);
});

test('pictures of one job are in one batch of the network', async () => {
  let waitingAtOnce = 0;
  let full!: () => void;
  const allWait = new Promise<void>((resolve) => {
    full = resolve;
  });
  const process = create({
    infer: async () => {
      if (++waitingAtOnce === 3) full();
      await allWait;
      return { logits: new Float32Array(10), milliseconds: 1, batchSize: 3 };
    },
  });
  const { outcomes } = await process(job({ data: waiting(3) }));
  expect(outcomes).toHaveLength(3);
});

test('a job that was taken over is read one picture at a time, each noted before', async () => {
  let open = 0;
  const noted: number[] = [];
  const read: number[] = [];
  const process = create({
    decode: async ([which]) => {
      expect(++open).toBe(1);
      expect(noted).toHaveLength(which! + 1);
      await new Promise(setImmediate);
      read.push(which!);
      open--;
      return stroke();
    },
  });
  const updateProgress = async ({ tries }: { tries: object }) => void noted.push(Object.keys(tries).length);
  const { outcomes } = await process(
    job({ data: waiting(3), stalledCounter: 1, progress: 0, updateProgress }),
  );
  expect(read).toEqual([0, 1, 2]);
  expect(noted).toEqual([1, 2, 3]);
  expect(outcomes).toMatchObject(Array(3).fill({ result: { predicted_digit: 1 } }));
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
  // Over jobs as over the pictures of one.
  const all = Promise.all(['a', 'b'].map((id) => process(job({ id, data: waiting(3) }))));
  for (let ended = 0; ended < 6; ended++) {
    await expect.poll(() => ends.length).toBeGreaterThan(ended);
    ends[ended]!();
  }
  const outcomes = (await all).flatMap((result) => result.outcomes);
  expect(outcomes.filter((outcome) => 'result' in outcome)).toHaveLength(3);
  expect(most).toBe(2);
});
