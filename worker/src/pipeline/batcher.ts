import type { Model } from './model.ts';

/** One picture's share of a run. `milliseconds` is the time of the whole run. */
export interface Inference {
  logits: Float32Array;
  milliseconds: number;
  batchSize: number;
}

export interface Batcher {
  /**
   * Runs the network on one picture, together with those that wait at that moment.
   * @param tensor height × width values, as the model takes them; read when the run starts
   */
  infer(tensor: Float32Array): Promise<Inference>;
}

interface Waiting {
  tensor: Float32Array;
  resolve: (inference: Inference) => void;
  reject: (reason: unknown) => void;
}

/**
 * Forms batches only from what is already waiting: an idle network starts at the end of the current turn of the event
 * loop, and whatever comes during a run makes up the next one. No timer ever holds a picture back.
 */
export function createBatcher(options: { model: Pick<Model, 'run'>; batchMax: number }): Batcher {
  const { model, batchMax } = options;
  const waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(waiting.splice(0, batchMax));
    running = false;
  }

  async function runBatch(batch: Waiting[]): Promise<void> {
    const size = batch[0]?.tensor.length ?? 0;
    const input = new Float32Array(batch.length * size);
    for (const [i, { tensor }] of batch.entries()) input.set(tensor, i * size);
    const start = performance.now();
    try {
      const logits = await model.run(input, batch.length);
      const milliseconds = performance.now() - start;
      const classes = logits.length / batch.length;
      for (const [i, { resolve }] of batch.entries()) {
        resolve({
          logits: logits.subarray(i * classes, (i + 1) * classes),
          milliseconds,
          batchSize: batch.length,
        });
      }
    } catch (error) {
      // Whoever waits for a picture of this batch hears of it; the next batch is not harmed.
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    infer: (tensor) =>
      new Promise((resolve, reject) => {
        waiting.push({ tensor, resolve, reject });
        if (running) return;
        running = true;
        setImmediate(() => void drain());
      }),
  };
}
