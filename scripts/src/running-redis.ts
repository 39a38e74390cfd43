import { UserError } from '@inkqueue/shared/node/user-error';
import { runningRedisUrl } from './data-dir.ts';
import { readSettings, startEnv } from './start-env.ts';

/**
 * Points a program of the operator at the Redis of REDIS_URL or, unset, at the private Redis of a running `npm start`.
 *
 * @throws UserError where neither is there
 */
export function pointAtRunningRedis(): void {
  const { REDIS_URL, DATA_DIR } = readSettings(startEnv.pick({ REDIS_URL: true, DATA_DIR: true }));
  const redisUrl = REDIS_URL ?? runningRedisUrl(DATA_DIR);
  if (redisUrl === null) {
    throw new UserError(
      `no private Redis runs on DATA_DIR=${DATA_DIR}: run this beside npm start, or set REDIS_URL`,
    );
  }
  process.env.REDIS_URL = redisUrl;
}
