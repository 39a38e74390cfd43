import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** A JSON-lines logger on standard output for one process, named after its role. */
export function createLogger(options: { name: string; level: string }): Logger {
  return pino({ name: options.name, level: options.level, timestamp: pino.stdTimeFunctions.isoTime });
}
