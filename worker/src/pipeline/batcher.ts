/**
 * The share of one image's tensors in a run. `milliseconds` is the time of the whole run, `batchSize` all its tensors, and
 * `images` whose they are.
 */
interface Inference {
  logits: Float32Array[];
  milliseconds: number;
  batchSize: number;
  images: number;
}

/** Runs the network. @param traceparents of the requests whose images the tensors show, for who traces the runs */
export type RunNetwork = (
  tensors: readonly Float32Array[],
  traceparents?: readonly string[],
) => Promise<Float32Array[]>;

interface Waiting {
  tensors: readonly Float32Array[];
  traceparent: string | undefined;
  resolve: (inference: Inference) => void;
  reject: (reason: unknown) => void;
}

/**
 * Forms micro-batches only of images that wait already: an idle network starts at the end of the event loop's current turn,
 * and images that come during a run make up the next one. No timer ever delays an image.
 *
 * @param options.batchMax tensors in one run, unless a single image has more
 */
export function createBatcher(options: { model: { run: RunNetwork }; batchMax: number }) {
  const { model, batchMax } = options;
  const waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(waiting.splice(0, imagesOfOneRun()));
    running = false;
  }

  /** How many of the images that wait go into the next run: all tensors of an image do, or none. */
  function imagesOfOneRun(): number {
    let tensors = 0;
    let images = 0;
    while (images < waiting.length) {
      tensors += waiting[images]!.tensors.length;
      if (images > 0 && tensors > batchMax) break;
      images++;
    }
    return images;
  }

  async function runBatch(batch: Waiting[]): Promise<void> {
    const start = performance.now();
    try {
      const all = batch.flatMap(({ tensors }) => tensors);
      const traceparents = batch.flatMap(({ traceparent }) => traceparent ?? []);
      const logits = await model.run(all, traceparents);
      const milliseconds = performance.now() - start;
      let from = 0;
      for (const { tensors, resolve } of batch) {
        const to = from + tensors.length;
        resolve({
          logits: logits.slice(from, to),
          milliseconds,
          batchSize: all.length,
          images: batch.length,
        });
        from = to;
      }
    } catch (error) {
      // Every image of this micro-batch fails; the next micro-batch is not harmed.
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    /**
     * Runs the network on the tensors of one image, in one run with those of other images that wait at that moment.
     * @param tensors as `Model.run` takes them; read when the run starts
     * @param traceparent of the request whose image it is, where requests are traced
     */
    infer: (tensors: readonly Float32Array[], traceparent?: string): Promise<Inference> =>
      new Promise((resolve, reject) => {
        waiting.push({ tensors, traceparent, resolve, reject });
        if (running) return;
        running = true;
        setImmediate(() => void drain());
      }),
  };
}
