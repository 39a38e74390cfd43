import { z } from 'zod';
import { UserError } from './user-error.ts';

const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** An integer setting within bounds, with a default for when it is unset. */
export function integerSetting(options: { min: number; max: number; default: number; about: string }) {
  return integer(options.min, options.max).default(options.default).describe(options.about);
}

/** Settings of the api and of the workers. */
export const sharedSettings = {
  REDIS_URL: z
    .string()
    .refine(isRedisUrl, 'must look like redis://host:6379 or rediss://user:password@host:6379')
    .default('redis://127.0.0.1:6379')
    .describe('Address of Redis'),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[\w-]+$/, 'may hold letters, digits, - and _ only')
    .default('inkqueue')
    .describe('Prefix of every key in Redis: two installations can share one Redis'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Minimum log level'),
  SHUTDOWN_TIMEOUT_MS: integerSetting({
    min: 100,
    max: 600_000,
    default: 15_000,
    about: 'Milliseconds that a stopping process may take to finish what runs',
  }),
};

function isRedisUrl(value: string): boolean {
  return URL.canParse(value) && /^rediss?:$/.test(new URL(value).protocol) && new URL(value).hostname !== '';
}

/**
 * Parses a process's environment once. An empty variable counts as unset.
 *
 * @throws UserError naming every malformed variable, one a line, so that one start shows all of them.
 */
export function parseEnv<S extends z.ZodObject>(schema: S, source: NodeJS.ProcessEnv): z.infer<S> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UserError(
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}
