import type { Model } from './model.ts';

/** One tensor's share of a run. `milliseconds` is the time of the whole run. */
interface Inference {
  logits: Float32Array;
  milliseconds: number;
  batchSize: number;
}

interface Waiting {
  tensor: Float32Array;
  resolve: (inference: Inference) => void;
  reject: (reason: unknown) => void;
}

/**
 * Forms micro-batches only of tensors that wait already: an idle network starts at the end of the event loop's current turn,
 * and tensors that come during a run make up the next one. No timer ever delays an image.
 */
export function createBatcher(options: { model: Pick<Model, 'run'>; batchMax: number }) {
  const { model, batchMax } = options;
  const waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(waiting.splice(0, batchMax));
    running = false;
  }

  async function runBatch(batch: Waiting[]): Promise<void> {
    const start = performance.now();
    try {
      const logits = await model.run(batch.map(({ tensor }) => tensor));
      const milliseconds = performance.now() - start;
      for (const [i, { resolve }] of batch.entries()) {
        resolve({ logits: logits[i]!, milliseconds, batchSize: batch.length });
      }
    } catch (error) {
      // Every image of this micro-batch fails; the next micro-batch is not harmed.
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    /**
     * Runs the network on one tensor, together with those that wait at that moment.
     * @param tensor as `Model.run` takes it; read when the run starts
     */
    infer: (tensor: Float32Array): Promise<Inference> =>
      new Promise((resolve, reject) => {
        waiting.push({ tensor, resolve, reject });
        if (running) return;
        running = true;
        setImmediate(() => void drain());
      }),
  };
}
