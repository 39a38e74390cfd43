import type { Context } from 'koa';
import { ProblemError } from '../errors.ts';

/** What is said in JSON here is a few words; pictures come another way. */
const MAX_BYTES = 1_024;

/**
 * Reads a request's JSON body. It is read to its end, whatever its size, and never more than a kilobyte of it is held.
 *
 * @throws ProblemError unsupported-media-type, too-large, invalid-request
 */
export async function readJson(ctx: Context): Promise<unknown> {
  if (!ctx.is('json')) throw new ProblemError('unsupported-media-type', 'Send JSON, as application/json.');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of ctx.req) {
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
    }
  } catch {
    throw new ProblemError('invalid-request', 'The body broke off before its end.');
  }
  if (size > MAX_BYTES) {
    throw new ProblemError('too-large', `The body may have at most ${MAX_BYTES.toLocaleString('en')} bytes.`);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new ProblemError('invalid-request', 'The body is no JSON.');
  }
}
