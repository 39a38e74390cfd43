import { setInterval as ticks } from 'node:timers/promises';
import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import sharp from 'sharp';
import { find, submit } from '../integration/client.ts';
import { digit } from '../integration/pictures.ts';
import { createStack } from '../integration/stack.ts';
import { descendantsOf, usageOf } from './usage.ts';

/** As many of each kind as a worker decodes at once where they are light. */
const PICTURES_OF_KIND = 4;
const SIDE = 6_000;
const SAMPLE_MS = 50;
const WAIT_S = 60;
/** What a container of a worker has by default (WORKER_MEM_LIMIT). */
export const MEMORY_MAX = 1_500_000_000;

export interface Heavy {
  pictures: number;
  megapixels: number;
  seconds: number;
  /** Bytes of the worker alone, of its largest child, and of all of them at one moment; and how many decoded at once. */
  peak: { worker: number; child: number; all: number; decoders: number };
  faults: string[];
}

/** A page of 36 megapixels, interlaced and of 16 bits: decoding holds all of it. With alpha it takes nearly DECODE_MAX_BYTES. */
async function page({ hasAlpha }: { hasAlpha: boolean }): Promise<Buffer> {
  const drawn = digit(4, { side: SIDE });
  const white = await (hasAlpha ? drawn.ensureAlpha() : drawn.removeAlpha())
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(white).toColourspace('rgb16').png({ compressionLevel: 6, progressive: true }).toBuffer();
}

/** Sends such pages at once and looks at what the worker takes for them. */
export async function measureHeavy(): Promise<Heavy> {
  const kinds = [await page({ hasAlpha: false }), await page({ hasAlpha: true })];
  const images = Array<Buffer[]>(PICTURES_OF_KIND).fill(kinds).flat();
  const redis = await createPrivateRedis({ durable: false, mayInstall: true });
  const stack = createStack(redis.url);
  const peak = { worker: 0, child: 0, all: 0, decoders: 0 };
  const over = new AbortController();
  try {
    const [api, worker] = await Promise.all([stack.api(), stack.worker()]);
    const watching = watch(worker.pid, peak, over.signal);
    const start = performance.now();
    const accepted = await Promise.all(images.map((image) => submit(api, image)));
    const ends = [];
    for (const { id } of accepted) ends.push(await find(api, id, WAIT_S));
    const seconds = (performance.now() - start) / 1_000;
    over.abort();
    await watching;
    const faults = ends
      .filter(({ result }) => result?.predicted_digit !== 4)
      .map(({ status, error }) => `a page of 36 megapixels was not read: ${status} ${error?.code ?? ''}`);
    if (peak.all > MEMORY_MAX)
      faults.push(`the worker and its children held ${Math.round(peak.all / 1e6)} MB`);
    if (peak.decoders > 1) faults.push(`${peak.decoders} heavy pictures were decoded at once`);
    return { pictures: images.length, megapixels: SIDE ** 2 / 1e6, seconds, peak, faults };
  } finally {
    over.abort();
    await stack.close().finally(redis.remove);
  }
}

async function watch(worker: number, peak: Heavy['peak'], signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of ticks(SAMPLE_MS, undefined, { signal })) {
      const own = usageOf(worker)?.rss ?? 0;
      const children = descendantsOf(worker).map((pid) => usageOf(pid)?.rss ?? 0);
      peak.worker = Math.max(peak.worker, own);
      peak.child = Math.max(peak.child, ...children);
      peak.all = Math.max(
        peak.all,
        children.reduce((sum, rss) => sum + rss, own),
      );
      // The host of the decoders is a child, too.
      peak.decoders = Math.max(peak.decoders, children.length - 1);
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
  }
}
