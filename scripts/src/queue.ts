import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pointAtRunningRedis } from './running-redis.ts';

// `npm run queue -- COMMAND`: looks at the queue and acts on it.

pointAtRunningRedis();
await import(pathToFileURL(resolve('api/dist/operate/cli.js')).href);
