import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * A logger on standard output for one process, named after its role.
 *
 * @param options.format JSON lines, for programs, or lines for people
 */
export function createLogger(options: { name: string; level: string; format?: 'json' | 'pretty' }): Logger {
  const { name, level, format = 'json' } = options;
  return pino({
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    ...(format === 'pretty' && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' } },
    }),
  });
}
