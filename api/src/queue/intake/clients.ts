import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import { createFresh } from '../../fresh.ts';
import type { Image, Priority } from './image.ts';

/** So much of one client may wait or run at once, in images, before its next ones take turns with those of others. */
const AT_ONCE_MAX = 32;
/** An image that is to be explained counts as a full job: a worker takes longer for it than for one. */
const EXPLAINED_COST = JOB_PICTURES_MAX;
/** How old the turn that the queue has come to may be. */
const TURN_FRESH_MS = 100;
/** A job whose end this process never learned of counts for so long. A shorter time would let go of jobs that still wait. */
const COUNTED_MS = 24 * 3_600_000;

interface Client {
  /** What waits or runs of it, in images. */
  cost: number;
  takesTurns: boolean;
  /** Its next turn of each priority. An image moves it on by its share of a job, so that small jobs cost no more turns than full ones. */
  turns: Map<Priority, number>;
}

/** Whose an image is, and what it counts. */
interface Share {
  name: string;
  cost: number;
}

const costOf = ({ explain }: Pick<Image, 'explain'>): number => (explain ? EXPLAINED_COST : 1);

export type Clients = ReturnType<typeof createClients>;

/**
 * How much of each client is in the queue, as far as this process took it in: so that one client's burst holds up nobody else. A client
 * takes turns from the image on that is too many until all of its images have ended; so its images stay in their order.
 *
 * @param options.turn looks up the turn that the jobs of a priority have come to
 */
export function createClients(options: {
  turn: (priority: Priority) => Promise<number>;
  now?: () => number;
}) {
  const { turn, now = () => performance.now() } = options;
  const clients = new Map<string, Client>();
  /** What waits or runs of all of them, in images. */
  let inQueue = 0;
  /** By job, oldest first: the shares of its images; null for one that has ended. */
  const jobs = new Map<string, { since: number; shares: (Share | null)[] }>();
  /** The turn that each priority has come to. */
  const come = new Map<Priority, () => Promise<number>>();

  function leave(share: Share | null): void {
    const client = share && clients.get(share.name);
    if (!client) return;
    client.cost -= share.cost;
    inQueue -= share.cost;
    if (client.cost === 0) clients.delete(share.name);
  }

  function end(jobId: string): void {
    const job = jobs.get(jobId);
    jobs.delete(jobId);
    for (const share of job?.shares ?? []) leave(share);
  }

  function forgetOld(): void {
    for (const [jobId, { since }] of jobs) {
      if (now() - since < COUNTED_MS) return;
      end(jobId);
    }
  }

  function current(priority: Priority): Promise<number> {
    const known =
      come.get(priority) ?? createFresh(() => turn(priority), { freshMs: TURN_FRESH_MS, now }).current;
    come.set(priority, known);
    return known();
  }

  return {
    /** What waits or runs of all clients, in images. */
    inQueue: () => inQueue,
    /** Whether the next image of a client takes turns. */
    takesTurns(name: string): boolean {
      const client = clients.get(name);
      if (!client) return false;
      client.takesTurns ||= client.cost >= AT_ONCE_MAX;
      return client.takesTurns;
    },
    /** Counts the next image of a job. */
    take(jobId: string, image: Pick<Image, 'client' | 'explain'>): void {
      forgetOld();
      let job = jobs.get(jobId);
      if (!job) {
        job = { since: now(), shares: [] };
        jobs.set(jobId, job);
      }
      const { client: name } = image;
      const share = name === undefined ? null : { name, cost: costOf(image) };
      job.shares.push(share);
      if (!share) return;
      inQueue += share.cost;
      const client = clients.get(share.name);
      if (client) client.cost += share.cost;
      else clients.set(share.name, { cost: share.cost, takesTurns: false, turns: new Map() });
    },
    /** The turn of a client's next job, of these images. */
    async nextTurn(
      name: string,
      priority: Priority,
      images: readonly Pick<Image, 'explain'>[],
    ): Promise<number> {
      const first = await current(priority);
      const turns = clients.get(name)?.turns;
      const next = Math.max(first, turns?.get(priority) ?? 0);
      const cost = images.reduce((sum, image) => sum + costOf(image), 0);
      turns?.set(priority, next + cost / JOB_PICTURES_MAX);
      return Math.floor(next);
    },
    /** A job has ended, or was refused. */
    end,
    /** One of its images has ended before it. */
    endOne(jobId: string, index: number): void {
      const shares = jobs.get(jobId)?.shares;
      if (!shares) return;
      leave(shares[index] ?? null);
      shares[index] = null;
      if (shares.every((share) => share === null)) jobs.delete(jobId);
    },
    /** Redis lost its data: none of the jobs will end. */
    forgetAll(): void {
      clients.clear();
      jobs.clear();
      inQueue = 0;
    },
  };
}
