import { readSync } from 'node:fs';
import { ImageError } from '../pipeline/image-error.ts';
import { createToInk } from '../pipeline/preprocess.ts';
import { type HeavyReply, heavyTask } from './reply.ts';

// The process of one heavy image: its bytes on standard input, the reply over IPC. Its arguments are the memory that it may
// take, and what is to be done, as JSON.

// A worker that ended waits for no reply; and libvips's threads would let no exit through.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const [, , memoryMax, task] = process.argv;
const { length, options } = heavyTask.parse(JSON.parse(task!));
const toInk = createToInk({ memoryMax: Number(memoryMax) });
process.send?.(await reply(), () => process.exit());

async function reply(): Promise<HeavyReply> {
  try {
    return { ink: await toInk(readImage(length), options) };
  } catch (error) {
    if (error instanceof ImageError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

/** Reads so many bytes of standard input and leaves what follows, which is the next image, unread. */
function readImage(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const read = readSync(0, bytes, at, length - at, null);
    if (read === 0) throw new Error('the image broke off');
    at += read;
  }
  return bytes;
}
