import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '@inkqueue/shared/node/user-error';
import { runningRedisUrl } from './data-dir.ts';
import { readSettings, startEnv } from './start-env.ts';

// `npm run feedback`: exports people's feedback, from the Redis of REDIS_URL or, unset, from the private Redis of a running
// `npm start`.

const { REDIS_URL, DATA_DIR } = readSettings(startEnv.pick({ REDIS_URL: true, DATA_DIR: true }));
const redisUrl = REDIS_URL ?? runningRedisUrl(DATA_DIR);
if (redisUrl === null) {
  throw new UserError(
    `no private Redis runs on DATA_DIR=${DATA_DIR}: run this beside npm start, or set REDIS_URL`,
  );
}
process.env.REDIS_URL = redisUrl;
await import(pathToFileURL(resolve('api/dist/feedback/export.js')).href);
