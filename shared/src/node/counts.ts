import type { Redis } from 'ioredis';
import type { ActivitySpan } from '../contracts/activity.ts';
import type { ProblemCode } from '../contracts/problems.ts';
import type { Logger } from './log.ts';

/** How long the points of each span are, and how many are kept: 5 minutes, an hour and a day. */
export const SPANS = {
  minutes: { seconds: 5, points: 60 },
  hour: { seconds: 60, points: 60 },
  day: { seconds: 900, points: 96 },
} as const satisfies Record<ActivitySpan, { seconds: number; points: number }>;

const FLUSH_EVERY_MS = 1_000;
const FINEST_MS = SPANS.minutes.seconds * 1_000;
/** Counts wait so many stretches of 5 s for Redis to come back; earlier ones are dropped. */
const PENDING_MAX = SPANS.minutes.points;
/** How long a command may take that adds them. */
const COMMAND_MAX_MS = 15_000;
/** How long after the end of a point counts of its time may still reach Redis, in milliseconds. */
export const LATE_MAX_MS = PENDING_MAX * FINEST_MS + COMMAND_MAX_MS;
/** Times in one doubling of the time: each is known to within 5 %. */
const TIMES_A_DOUBLING = 8;
/** Times above are counted as this one: about 70 minutes. */
const TIME_MAX_MS = 2 ** 22;

/**
 * What is counted, each prediction once. `canceled`: before a worker began with it; one that was canceled while a worker read it counts as
 * what the worker made of it. Of times from acceptance to the end: how many were about this long.
 */
export type CountName =
  | 'accepted'
  | 'succeeded'
  | 'canceled'
  | `failed:${ProblemCode}`
  | `refused:${ProblemCode}`
  | `time:${number}`;

/** Adds counts to one point of each span. KEYS: the points. ARGV: milliseconds that each stays, then names and counts. */
const ADD = `
for k = 1, #KEYS do
  for i = #KEYS + 1, #ARGV, 2 do redis.call('HINCRBY', KEYS[k], ARGV[i], ARGV[i + 1]) end
  redis.call('PEXPIRE', KEYS[k], ARGV[k])
end`;

interface AddCommand {
  addCounts(...args: (string | number)[]): Promise<null>;
}

/** Where the counts of a point lie, a hash. @param number which point since 1970, in lengths of one */
export const countsKey = (prefix: string, span: ActivitySpan, number: number) =>
  `${prefix}:counts:${span}:${number}`;

/** The name under which a time is counted. */
export function timeName(ms: number): CountName {
  const bounded = Math.min(Math.max(0, ms), TIME_MAX_MS);
  return `time:${Math.round(TIMES_A_DOUBLING * Math.log2(bounded + 1))}`;
}

/** The time that a name stands for, in milliseconds; null for another name. */
export function timeNamed(name: string): number | null {
  const [kind, index] = name.split(':');
  return kind === 'time' ? 2 ** (Number(index) / TIMES_A_DOUBLING) - 1 : null;
}

export type Counts = ReturnType<typeof createCounts>;

/**
 * Adds what this process counts to what all others do, in Redis: once a second, in one command, whatever it counted. A restart keeps the
 * counts, and replicas add up.
 */
export function createCounts(options: { connection: Redis; prefix: string; log: Pick<Logger, 'debug'> }) {
  const { connection, prefix, log } = options;
  connection.defineCommand('addCounts', { lua: ADD });
  const commands = connection as unknown as AddCommand;
  /** By stretches of 5 s, oldest first. */
  const pending = new Map<number, Map<CountName, number>>();

  const stretchNow = () => Math.floor(Date.now() / FINEST_MS);

  function forgetOld(): void {
    const oldest = stretchNow() - PENDING_MAX;
    for (const stretch of pending.keys()) if (stretch <= oldest) pending.delete(stretch);
  }

  function add(name: CountName, count = 1): void {
    const stretch = stretchNow();
    let counts = pending.get(stretch);
    if (!counts) {
      counts = new Map();
      pending.set(stretch, counts);
      forgetOld();
    }
    addTo(counts, name, count);
  }

  async function send(stretch: number, counts: readonly [CountName, number][]): Promise<void> {
    const spans = Object.keys(SPANS) as ActivitySpan[];
    const numberIn = (span: ActivitySpan) =>
      Math.floor((stretch * FINEST_MS) / (SPANS[span].seconds * 1_000));
    const keys = spans.map((span) => countsKey(prefix, span, numberIn(span)));
    const stay = spans.map((span) => SPANS[span].seconds * (SPANS[span].points + 1) * 1_000);
    await commands.addCounts(keys.length, ...keys, ...stay, ...counts.flat());
  }

  async function sendAll(): Promise<void> {
    if (connection.status !== 'ready') return;
    forgetOld();
    for (const [stretch, counts] of pending) {
      // The stretch stays in its place meanwhile, so that `pending` stays in order where Redis refuses.
      const sent = [...counts];
      counts.clear();
      try {
        if (sent.length > 0) await send(stretch, sent);
        if (counts.size === 0) pending.delete(stretch);
      } catch (error) {
        log.debug({ err: error }, 'could not add counts; they are added later');
        for (const [name, count] of sent) addTo(counts, name, count);
      }
    }
  }

  let sending = Promise.resolve();
  /** One at a time: else one could drop a stretch whose counts come back to the one before. */
  function flush(): Promise<void> {
    sending = sending.then(sendAll);
    return sending;
  }

  const timer = setInterval(() => void flush(), FLUSH_EVERY_MS);
  return {
    add: (name: CountName, count = 1): void => {
      if (count > 0) add(name, count);
    },
    flush,
    /** Adds what is left, while Redis answers. */
    async close(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}

function addTo(counts: Map<CountName, number>, name: CountName, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
