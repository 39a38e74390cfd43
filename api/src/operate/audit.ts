import type { Logger } from '@inkqueue/shared/node/log';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** Actions that are remembered. */
const KEPT_MAX = 1_000;

const auditEntry = z.object({
  /** ISO 8601. */
  at: z.string(),
  action: z.string(),
  by: z.string(),
  result: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export type Audit = ReturnType<typeof createAudit>;

/** What operators did: in Redis, for all to read, and in the log. */
export function createAudit(options: { connection: Redis; prefix: string; log: Pick<Logger, 'warn'> }) {
  const { connection, prefix, log } = options;
  const key = `${prefix}:audit`;
  return {
    async note(entry: Omit<AuditEntry, 'at'>): Promise<void> {
      const dated: AuditEntry = { at: new Date(Date.now()).toISOString(), ...entry };
      log.warn(dated, 'operator');
      await connection
        .multi()
        .lpush(key, JSON.stringify(dated))
        .ltrim(key, 0, KEPT_MAX - 1)
        .exec();
    },
    /** The last ones, newest first. */
    async list(count: number): Promise<AuditEntry[]> {
      const entries = await connection.lrange(key, 0, count - 1);
      return entries.map((entry) => auditEntry.parse(JSON.parse(entry)));
    },
  };
}
