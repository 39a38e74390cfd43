import { buffer } from 'node:stream/consumers';
import { ImageError } from '../pipeline/image-error.ts';
import { createToInk } from '../pipeline/preprocess.ts';
import type { HeavyReply } from './reply.ts';

// The process of one heavy image: bytes on standard input, the reply over IPC. Its argument is the memory that it may take.

// A worker that ended waits for no reply; and libvips's threads would let no exit through.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const toInk = createToInk({ memoryMax: Number(process.argv[2]) });
process.send?.(await reply(), () => process.exit());

async function reply(): Promise<HeavyReply> {
  try {
    return { ink: await toInk(await buffer(process.stdin)) };
  } catch (error) {
    if (error instanceof ImageError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}
