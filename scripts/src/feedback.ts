import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pointAtRunningRedis } from './running-redis.ts';

// `npm run feedback`: exports people's feedback.

pointAtRunningRedis();
await import(pathToFileURL(resolve('api/dist/feedback/export.js')).href);
