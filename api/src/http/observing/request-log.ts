import type { Logger } from '@inkqueue/shared/node/log';
import type { EndedRequest } from './requests.ts';

/** Most lines a second, of requests that went well and of others: under load a sample says the same, and costs less. */
const LINES_MAX = 50;
/** What probes ask for all the time. */
const PROBES = new Set(['/', '/health/live', '/health/ready', '/health/serving']);

/** Writes a line for each request, or for a sample of them where there are many: `skipped` are those since the last line. */
export function createRequestLog(log: Pick<Logger, 'isLevelEnabled' | 'debug' | 'info' | 'warn'>) {
  const [good, bad] = [createQuota(), createQuota()];
  return (ended: EndedRequest): void => {
    const level = levelOf(ended);
    if (!log.isLevelEnabled(level)) return;
    const skipped = (level === 'warn' ? bad : good).take();
    if (skipped === null) return;
    const { id, isClientGone, seconds, problem, traceId, subject, received, sent, route: _, ...rest } = ended;
    log[level](
      {
        request: id,
        ...rest,
        ms: Math.round(seconds * 1_000_000) / 1_000,
        ...(problem && { problem }),
        ...(traceId && { trace: traceId }),
        ...(subject && { subject }),
        ...(received !== null && { received }),
        ...(sent !== null && { sent }),
        ...(isClientGone && { client_gone: true }),
        ...(skipped > 0 && { skipped }),
      },
      'request',
    );
  };
}

function levelOf({ status, path }: EndedRequest): 'debug' | 'info' | 'warn' {
  if (status >= 500) return 'warn';
  return PROBES.has(path) ? 'debug' : 'info';
}

/** So many lines in each second. */
function createQuota() {
  let second = 0;
  let lines = 0;
  let skipped = 0;
  return {
    /** @returns how many were skipped before this line, or null where it is skipped too */
    take(): number | null {
      const now = Math.floor(performance.now() / 1_000);
      if (now !== second) {
        second = now;
        lines = 0;
      }
      if (lines === LINES_MAX) {
        skipped++;
        return null;
      }
      lines++;
      const before = skipped;
      skipped = 0;
      return before;
    },
  };
}
