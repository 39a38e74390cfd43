import type { Activity, ActivitySpan } from '@inkqueue/shared/contracts/activity';
import { type ProblemCode, problemCode } from '@inkqueue/shared/contracts/problems';
import { countsKey, LATE_MAX_MS, SPANS, timeNamed } from '@inkqueue/shared/node/counts';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Redis } from 'ioredis';

/** What the apis and the workers have counted in one point, as it lies in Redis. */
type Counted = Readonly<Record<string, string>>;

type Points = Pick<Activity, 'point_seconds' | 'points' | 'refused' | 'failed'>;

export type ActivityPoints = ReturnType<typeof createActivityPoints>;

/** Reads what all processes have counted. While Redis is away the points are what was read of them before. */
export function createActivityPoints({ connection, prefix }: { connection: Redis; prefix: string }) {
  const known = { minutes: new Map(), hour: new Map(), day: new Map() } as Record<
    ActivitySpan,
    Map<number, { counted: Counted; isFinal: boolean }>
  >;

  async function read(span: ActivitySpan, numbers: readonly number[]): Promise<void> {
    const lookups = connection.pipeline();
    for (const number of numbers) lookups.hgetall(countsKey(prefix, span, number));
    const replies = (await lookups.exec()) ?? [];
    const pointMs = SPANS[span].seconds * 1_000;
    for (const [i, [error, counted]] of replies.entries()) {
      if (error) throw error;
      const number = numbers[i]!;
      // Processes may still add counts until then.
      const isFinal = (number + 1) * pointMs + LATE_MAX_MS < Date.now();
      known[span].set(number, { counted: counted as Counted, isFinal });
    }
  }

  /** The points of a span up to now, oldest first. */
  return async (span: ActivitySpan): Promise<Points> => {
    const { seconds, points } = SPANS[span];
    const last = Math.floor(Date.now() / (seconds * 1_000));
    const numbers = Array.from({ length: points }, (_, i) => last - points + 1 + i);
    for (const number of known[span].keys()) if (number < numbers[0]!) known[span].delete(number);
    const unknown = numbers.filter((number) => !known[span].get(number)?.isFinal);
    try {
      await read(span, unknown);
    } catch (error) {
      if (!isRedisAway(error)) throw error;
    }
    const all = numbers.map((number) => known[span].get(number)?.counted ?? {});
    return {
      point_seconds: seconds,
      points: numbers.map((number, i) => pointOf(number * seconds * 1_000, all[i]!)),
      refused: byCode('refused', all),
      failed: byCode('failed', all),
    };
  };
}

function pointOf(at: number, counted: Counted): Activity['points'][number] {
  const failed = Object.keys(counted).filter((name) => name.startsWith('failed:'));
  return {
    at: new Date(at).toISOString(),
    accepted: Number(counted.accepted ?? 0),
    succeeded: Number(counted.succeeded ?? 0),
    failed: failed.reduce((sum, name) => sum + Number(counted[name]), 0),
    canceled: Number(counted.canceled ?? 0),
    ...percentiles(counted),
  };
}

function percentiles(counted: Counted): { p50_ms: number | null; p95_ms: number | null } {
  const times = Object.entries(counted)
    .map(([name, count]) => ({ ms: timeNamed(name), count: Number(count) }))
    .filter((time): time is { ms: number; count: number } => time.ms !== null)
    .sort((a, b) => a.ms - b.ms);
  const all = times.reduce((sum, { count }) => sum + count, 0);
  const within = (share: number): number | null => {
    let count = 0;
    const found = times.find((time) => {
      count += time.count;
      return count >= share * all;
    });
    return found ? Math.round(found.ms) : null;
  };
  return { p50_ms: within(0.5), p95_ms: within(0.95) };
}

/** How often each problem came up, the most frequent first. */
function byCode(kind: 'refused' | 'failed', all: readonly Counted[]): { code: ProblemCode; count: number }[] {
  const counts = new Map<ProblemCode, number>();
  for (const counted of all) {
    for (const [name, count] of Object.entries(counted)) {
      const [of, code] = name.split(':');
      // A process of a later version may count what this one does not know.
      const known = of === kind ? problemCode.safeParse(code) : null;
      if (known?.success) counts.set(known.data, (counts.get(known.data) ?? 0) + Number(count));
    }
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}
