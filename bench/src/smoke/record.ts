import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { z } from 'zod';

const FILE = 'bench/smoke.json';

/** CPU time of a prediction, in thousandths of the calibration's, by image. */
const ratio = z
  .number()
  .positive()
  .transform((value) => Number(value.toFixed(3)));
export const ratios = z.object({ '28': ratio, '280': ratio, phone: ratio });
export type Ratios = z.infer<typeof ratios>;

const record = z.object({ revision: z.string(), time: z.string(), ratios });
const records = z.record(z.string(), record);
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
