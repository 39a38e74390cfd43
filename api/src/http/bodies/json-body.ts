import type { Context } from 'koa';
import { ProblemError } from '../../errors.ts';
import { decodedBody } from './content-encoding.ts';
import type { Receiving } from './receiving.ts';

/** JSON bodies here hold a few words; images come another way. */
const MAX_BYTES = 1_024;

/** Receives the JSON body of a request. */
export function createJsonReceiver({ receiving }: { receiving: Receiving }) {
  /** @throws ProblemError unsupported-media-type, too-large, invalid-request */
  return async function receiveJson(ctx: Context): Promise<unknown> {
    if (!ctx.is('json')) throw new ProblemError('unsupported-media-type', 'Send JSON, as application/json.');
    const body = await receiving
      .collect(decodedBody(ctx), { maxBytes: MAX_BYTES })
      .catch((error: unknown) => {
        if (error instanceof ProblemError && error.code !== 'malformed-upload') throw error;
        throw new ProblemError(
          'invalid-request',
          'The request body broke off before its end. Send it again.',
        );
      });
    if (!body) {
      const limit = MAX_BYTES.toLocaleString('en');
      throw new ProblemError('too-large', `The request body may have at most ${limit} bytes.`);
    }
    body.release();
    try {
      return JSON.parse(body.bytes.toString());
    } catch {
      throw new ProblemError('invalid-request', 'The request body is not valid JSON.');
    }
  };
}
