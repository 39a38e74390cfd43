import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { z } from 'zod';
import { IMAGE_NAMES } from '../load/images.ts';

const FILE = 'bench/smoke.json';

const measured = z.object({
  /** CPU time of a prediction, in thousandths of the calibration's. */
  ratio: z.number().positive(),
  revision: z.string(),
  time: z.string(),
});
/** What was recorded of each image, on one kind of processor. */
const recorded = z.partialRecord(z.enum(IMAGE_NAMES), measured);

const records = z.record(z.string(), recorded);
export type Records = z.infer<typeof records>;

export function readRecords(): Records {
  return existsSync(FILE) ? records.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : {};
}

export function writeRecords(all: Records): void {
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}

/**
 * The kind of processor, under which its ratios are recorded. The network runs more than twice as fast with AVX-512 as with AVX2, and
 * the calibration does not.
 */
export function processorKind(): string {
  const flags =
    readFileSync('/proc/cpuinfo', 'utf8')
      .match(/^flags.*$/m)?.[0]
      .split(' ') ?? [];
  const vectors = ['avx512f', 'avx2'].find((flag) => flags.includes(flag)) ?? process.arch;
  return `${cpus()[0]?.model.trim() ?? 'unknown'}, ${vectors}`;
}
