import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseEnv } from '@inkqueue/shared/node/env';
import { UserError } from '@inkqueue/shared/node/user-error';
import { runningRedisUrl } from './provide-redis.ts';
import { startEnv } from './start-env.ts';
import { complain } from './terminal.ts';

const PROGRAM = 'api/dist/feedback/export.js';

/** `npm run feedback`: what people said, from the Redis of REDIS_URL or, unset, the private one of a running `npm start`. */
export async function main(): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const env = parseEnv(startEnv.pick({ REDIS_URL: true, DATA_DIR: true }), process.env);
    const redisUrl = env.REDIS_URL ?? runningRedisUrl(env.DATA_DIR);
    if (redisUrl === null) {
      complain(
        `no private Redis runs on DATA_DIR=${env.DATA_DIR}: run this beside npm start, or set REDIS_URL`,
      );
      process.exit(1);
    }
    process.exitCode = await run(redisUrl);
  } catch (err) {
    if (!(err instanceof UserError)) throw err;
    complain(err.message);
    process.exit(1);
  }
}

function run(redisUrl: string): Promise<number> {
  const env = { ...process.env, REDIS_URL: redisUrl };
  const program = spawn(process.execPath, [PROGRAM], { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    program.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}
