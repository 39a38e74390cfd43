import { z } from 'zod';
import { redisSettings } from './redis/server.ts';
import { UserError } from './user-error.ts';

const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** An integer setting within bounds, with a default for when it is unset. */
export function integerSetting(options: { min: number; max: number; default: number; about: string }) {
  return integer(options.min, options.max).default(options.default).describe(options.about);
}

/** The api and the webhooks process parse this setting; `npm start` looks whether it is there. */
export const WEBHOOK_SECRET_ABOUT =
  'Lets clients name webhooks, and signs what is sent there: whsec_ and base64; several, separated by spaces, while one replaces another. Unset, there are none';

/** Settings of the api, the workers and the webhooks process. */
export const sharedSettings = {
  ...redisSettings,
  QUEUE_PREFIX: z
    .string()
    .regex(/^[\w-]+$/, 'may hold letters, digits, - and _ only')
    .default('inkqueue')
    .describe('Prefix of every key in Redis: two installations can share one Redis'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Minimum log level'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json for programs, pretty for people'),
  METRICS_HOST: z.string().default('0.0.0.0').describe('Address that the metrics are open on'),
  METRICS_PORT: integerSetting({
    min: 0,
    max: 65_535,
    default: 0,
    about: 'Port of GET /metrics, for Prometheus; 0 for none. It is open to all who reach it',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'OpenTelemetry collector that gets traces, such as http://collector:4318; unset, nothing is traced',
    ),
  OTEL_TRACES_SAMPLER: z
    .string()
    .optional()
    .describe(
      'Which requests are traced, as OpenTelemetry has it; unset, each whose client traces it and a tenth of the others',
    ),
  SHUTDOWN_TIMEOUT_MS: integerSetting({
    min: 100,
    max: 600_000,
    default: 15_000,
    about: 'Milliseconds that a stopping process may take to finish what runs',
  }),
};

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
