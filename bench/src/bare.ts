import { mkdtempSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Picture } from './pictures.ts';
import { launchGroup, ServiceError } from './processes.ts';

/** Pictures a second of the bare loop: in one process, and in one process a core, together. */
export interface BareLoop {
  oneProcess: number;
  allCores: number;
}

export async function measureBareLoop(picture: Picture, seconds: number): Promise<BareLoop> {
  const path = join(mkdtempSync(join(tmpdir(), 'inkqueue-bench-')), 'picture');
  writeFileSync(path, picture.bytes);
  const script = fileURLToPath(new URL('bare-loop.js', import.meta.url));
  const run = async () => {
    const loop = launchGroup({ program: process.execPath, args: [script, path, String(seconds)] });
    const how = await loop.ended;
    const rate = Number(loop.tail().at(-1));
    if (!(rate > 0)) throw new ServiceError(`the bare loop ended (${how}):\n${loop.tail().join('\n')}`);
    return rate;
  };
  const oneProcess = await run();
  const rates = await Promise.all(Array.from({ length: availableParallelism() }, run));
  return { oneProcess, allCores: rates.reduce((sum, rate) => sum + rate, 0) };
}
