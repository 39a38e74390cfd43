import { mkdtempSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '@inkqueue/scripts/launch';
import { UserError } from '@inkqueue/shared/node/user-error';
import type { Image } from '../load/images.ts';

/** Images a second of the bare loop: in one process, and in one process for each core, summed. */
export interface BareLoop {
  oneProcess: number;
  allCores: number;
}

export async function measureBareLoop(image: Image, seconds: number): Promise<BareLoop> {
  const path = join(mkdtempSync(join(tmpdir(), 'inkqueue-bench-')), 'image');
  writeFileSync(path, image.bytes);
  const script = fileURLToPath(new URL('bare-loop.js', import.meta.url));
  const run = async () => {
    const args = [script, path, String(seconds)];
    const loop = launch({ name: 'bare loop', program: process.execPath, args });
    const how = await loop.ended;
    const rate = Number(loop.tail().at(-1));
    if (!(rate > 0)) throw new UserError(`the bare loop ended (${how}):\n${loop.tail().join('\n')}`);
    return rate;
  };
  const oneProcess = await run();
  const rates = await Promise.all(Array.from({ length: availableParallelism() }, run));
  return { oneProcess, allCores: rates.reduce((sum, rate) => sum + rate, 0) };
}
