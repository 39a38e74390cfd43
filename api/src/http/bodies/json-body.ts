import type { Context } from 'koa';
import { ProblemError } from '../../errors.ts';
import { collect } from './collect.ts';

/** JSON bodies here hold a few words; images come another way. */
const MAX_BYTES = 1_024;

/**
 * Receives a request's JSON body.
 *
 * @throws ProblemError unsupported-media-type, too-large, invalid-request
 */
export async function receiveJson(ctx: Context): Promise<unknown> {
  if (!ctx.is('json')) throw new ProblemError('unsupported-media-type', 'Send JSON, as application/json.');
  const bytes = await collect(ctx.req, MAX_BYTES).catch(() => {
    throw new ProblemError('invalid-request', 'The request body broke off before its end. Send it again.');
  });
  if (!bytes) {
    const limit = MAX_BYTES.toLocaleString('en');
    throw new ProblemError('too-large', `The request body may have at most ${limit} bytes.`);
  }
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new ProblemError('invalid-request', 'The request body is not valid JSON.');
  }
}
