import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@inkqueue/shared/node/log';
import type { Context } from 'koa';
import pLimit from 'p-limit';
import { ProblemError } from '../../errors.ts';

/** The api refuses wrong passwords one at a time, and takes this long for each: a client that guesses waits. */
const WRONG_MS = 500;
/** Most wrong ones that wait for their answer. */
const WRONG_MAX = 20;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Asks for a password by HTTP Basic authentication, under any name. */
export function createGate({ password, log }: { password: string; log: Pick<Logger, 'warn'> }) {
  const expected = digest(password);
  const oneByOne = pLimit(1);
  /**
   * @returns the name of who asks; null where the password is wrong, after the response has been made
   * @throws ProblemError busy where many wrong ones wait
   */
  return async (ctx: Context): Promise<string | null> => {
    const [, encoded = ''] = /^Basic (\S+)$/i.exec(ctx.get('Authorization')) ?? [];
    const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
    // Nothing that a terminal would take for a command.
    if (encoded && timingSafeEqual(digest(rest.join(':')), expected))
      return name.replaceAll(/\p{Cc}/gu, '') || 'operator';
    if (encoded) {
      if (oneByOne.pendingCount >= WRONG_MAX)
        throw new ProblemError('busy', 'Too many wrong passwords. Try again soon.');
      log.warn({ caller: ctx.ip }, 'a wrong password for the console');
      await oneByOne(() => delay(WRONG_MS));
    }
    ctx.status = 401;
    ctx.set('WWW-Authenticate', 'Basic realm="Inkqueue console", charset="UTF-8"');
    ctx.type = 'text/plain';
    ctx.body = 'The console asks for the password in CONSOLE_PASSWORD.\n';
    return null;
  };
}
