import { readFileSync } from 'node:fs';
import type { RedisOptions } from 'ioredis';
import { z } from 'zod';
import { UserError } from '../user-error.ts';

/** Port of a sentinel that names none. */
const SENTINEL_PORT = 26_379;

/** Which Redis a process uses, and how it gets there. */
export const redisSettings = {
  REDIS_URL: z
    .string()
    .refine(isRedisUrl, 'must look like redis://host:6379 or rediss://user:password@host:6379')
    .default('redis://127.0.0.1:6379')
    .describe('Address of Redis'),
  REDIS_CA_FILE: z
    .string()
    .optional()
    .describe(
      'File with the certificates (PEM) by which Redis is trusted, for rediss://; unset, those of Node.js',
    ),
  REDIS_CERT_FILE: z
    .string()
    .optional()
    .describe('File with this client’s certificate (PEM), where Redis asks for one'),
  REDIS_KEY_FILE: z.string().optional().describe('File with the key (PEM) of REDIS_CERT_FILE'),
  REDIS_SENTINELS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .refine(
      (all) => all.every((each) => URL.canParse(`redis://${each}`)),
      'must look like host:26379,host:26379',
    )
    .describe(
      'Sentinels that know the primary, as host:port, separated by commas; REDIS_URL has user and password then, its host is not used',
    ),
  REDIS_SENTINEL_NAME: z
    .string()
    .default('mymaster')
    .describe('Under which name the sentinels know the primary'),
  REDIS_SENTINEL_PASSWORD: z.string().optional().describe('Password of the sentinels'),
};
type RedisSettings = z.infer<z.ZodObject<typeof redisSettings>>;

/** A Redis, as connections are made to it. */
export interface RedisServer {
  url: string;
  /** Beyond what the address says. */
  options: Pick<
    RedisOptions,
    'tls' | 'sentinels' | 'sentinelTLS' | 'sentinelPassword' | 'enableTLSForSentinelMode' | 'name'
  >;
  /** For messages: without its password. */
  name: string;
}

/** @throws UserError for a file that can't be read, or settings that don't go together */
export function redisServer(
  settings: Partial<RedisSettings> & Pick<RedisSettings, 'REDIS_URL'>,
): RedisServer {
  const { REDIS_URL: url, REDIS_SENTINELS: sentinels = [], REDIS_SENTINEL_PASSWORD: password } = settings;
  const isTls = new URL(url).protocol === 'rediss:';
  const tls = {
    ...readPem(settings, 'ca', 'REDIS_CA_FILE'),
    ...readPem(settings, 'cert', 'REDIS_CERT_FILE'),
    ...readPem(settings, 'key', 'REDIS_KEY_FILE'),
  };
  if (Object.keys(tls).length > 0 && !isTls)
    throw new UserError(
      'REDIS_CA_FILE, REDIS_CERT_FILE and REDIS_KEY_FILE are for a REDIS_URL with rediss://',
    );
  if ('cert' in tls !== 'key' in tls) throw new UserError('REDIS_CERT_FILE and REDIS_KEY_FILE go together');
  if (sentinels.length === 0) return { url, options: { ...(isTls && { tls }) }, name: new URL(url).host };
  const name = settings.REDIS_SENTINEL_NAME ?? 'mymaster';
  return {
    url,
    options: {
      sentinels: sentinels.map((each) => {
        const { hostname, port } = new URL(`redis://${each}`);
        return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || SENTINEL_PORT) };
      }),
      name,
      ...(password && { sentinelPassword: password }),
      ...(isTls && { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
    },
    name: `${name}, by the sentinels ${sentinels.join(', ')}`,
  };
}

function readPem(
  settings: Partial<RedisSettings>,
  as: 'ca' | 'cert' | 'key',
  setting: 'REDIS_CA_FILE' | 'REDIS_CERT_FILE' | 'REDIS_KEY_FILE',
): Partial<Record<typeof as, string>> {
  const path = settings[setting];
  if (path === undefined) return {};
  try {
    return { [as]: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new UserError(`${setting}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function isRedisUrl(value: string): boolean {
  return URL.canParse(value) && /^rediss?:$/.test(new URL(value).protocol) && new URL(value).hostname !== '';
}
