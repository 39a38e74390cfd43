import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import pLimit from 'p-limit';
import type { Ids } from '../ids.ts';
import type { Clients } from './clients.ts';
import type { Image, Priority } from './image.ts';
import { withoutTexts } from './png-texts.ts';
import { isHeavyImage, weightOf } from './writer.ts';

/** An image of this size or more has a job of its own: it takes longer to decode, and no other should wait for it. */
const ALONE_BYTES = 32_768;
/** Shared jobs being written to Redis at once. Images that come in that time fill the next ones. */
const SHARED_WRITES_MAX = 2;
/**
 * A job takes no more than this share of what is in the queue, so that api, Redis and workers each have images in hand at all
 * times, in place of all images going from one to the next together (docs/decisions/006).
 */
const SHARE_OF_QUEUE = 1 / 4;
/** A smaller job would cost more for each image than the overlap saves. */
const SHARED_IMAGES_MIN = 16;
/**
 * How long a job waits for more images while others are in the queue, in milliseconds: those that the clients of a finished job
 * send next come within it. A lone image never waits.
 */
const HOLD_MS = 2;
/** It waits for this share of what is in the queue: the other half is being written, read and answered meanwhile. */
const HELD_FOR = 1 / 2;
/** Jobs of one large image being written at once. They take long to reach Redis, and no small image waits for that. */
const ALONE_WRITES_MAX = 2;

export interface OpenJob {
  jobId: string;
  images: Image[];
  weight: number;
  /** Whether it takes no other image. */
  isAlone: boolean;
  priority: Priority;
  /** Whose images it holds alone, because they take turns; null where it holds those of all others. */
  client: string | null;
  /** Must have happened before the job is written. */
  before: ((id: string) => Promise<void>) | undefined;
  added: Promise<void>;
  /** Runs while it waits for more images; null before and after. */
  held: NodeJS.Timeout | null;
  /** Has it written, if that was not asked for before. */
  begin: () => void;
}

/** What the images of one job have in common. */
type Kind = Pick<OpenJob, 'priority' | 'client'>;

/**
 * Gathers images into jobs. Those that come in the same turn of the event loop, or while earlier jobs are being written,
 * share one job, and so its round trips: under load the queue costs a fraction for each. A lone image is written at the
 * end of its turn; while others are in the queue, a job waits a moment for more, as Nagle's algorithm has it (RFC 896).
 */
export function createGathering(options: {
  ids: Ids;
  clients: Pick<Clients, 'inQueue' | 'takesTurns' | 'take'>;
  /** Writes a job, once `before` has happened. */
  write: (
    job: Pick<OpenJob, 'jobId' | 'images' | 'priority' | 'client'>,
    before?: () => Promise<void>,
  ) => Promise<void>;
}) {
  const { ids, clients, write } = options;
  const limitShared = pLimit(SHARED_WRITES_MAX);
  const limitAlone = pLimit(ALONE_WRITES_MAX);
  /** Jobs whose writing has not begun; the last one of a priority may still take images. */
  const open: OpenJob[] = [];

  function openJob(kind: Kind, isAlone: boolean, before?: OpenJob['before']): OpenJob {
    const limit = isAlone ? limitAlone : limitShared;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const added = begun.then(() => limit(() => writeJob(job)));
    const job: OpenJob = {
      ...kind,
      jobId: ids.newJob(),
      images: [],
      weight: 0,
      isAlone,
      before,
      added,
      held: null,
      begin(): void {
        clearTimeout(job.held ?? undefined);
        job.held = null;
        begin();
      },
    };
    open.push(job);
    setImmediate(() => {
      if (isAlone || !isWorthHolding(job)) job.begin();
      else job.held = setTimeout(job.begin, HOLD_MS);
    });
    return job;
  }

  /** Whether more images are about to come: others than its own are in the queue, and it has few of them. */
  function isWorthHolding({ images }: OpenJob): boolean {
    const inQueue = clients.inQueue();
    return inQueue > images.length && images.length < Math.min(inQueue * HELD_FOR, SHARED_IMAGES_MIN);
  }

  async function writeJob(job: OpenJob): Promise<void> {
    open.splice(open.indexOf(job), 1);
    const { jobId, before } = job;
    await write(job, before && (() => before(ids.at({ jobId, index: 0 }))));
  }

  function jobFor(image: Image, kind: Kind): OpenJob {
    // Explaining takes as long as reading a hundred images, and no other should wait for it.
    if (image.isAddress || image.explain || image.bytes.length >= ALONE_BYTES || isHeavyImage(image))
      return openJob(kind, true);
    const { priority, client } = kind;
    // Only the last one: a client's images stay in their order.
    const last = open.findLast((job) => !job.isAlone && job.priority === priority && job.client === client);
    const share = Math.max(clients.inQueue() * SHARE_OF_QUEUE, SHARED_IMAGES_MIN);
    const hasRoom = last && last.images.length < share && last.weight < JOB_PICTURES_MAX;
    if (hasRoom) return last;
    // Before the next one: a client's images stay in their order.
    last?.begin();
    return openJob(kind, false);
  }

  return {
    /**
     * Takes an image in. Its id is known at once, so that a wait can be registered before there is a job; the prediction
     * exists and is durable once `added` resolves.
     *
     * @param before what must have happened before the prediction exists, given its id; `added` rejects with its error
     */
    add(
      submitted: Image,
      priority: Priority,
      before?: OpenJob['before'],
    ): { id: string; added: Promise<void> } {
      const bytes = withoutTexts(submitted.bytes);
      const image = bytes === submitted.bytes ? submitted : { ...submitted, bytes };
      const { client = null } = image;
      const kind = { priority, client: client !== null && clients.takesTurns(client) ? client : null };
      const job = before ? openJob(kind, true, before) : jobFor(image, kind);
      const { jobId, images, added } = fill(job, image);
      clients.take(jobId, image);
      if (job.held && !isWorthHolding(job)) job.begin();
      return { id: ids.at({ jobId, index: images.length - 1 }), added };
    },
  };
}

function fill(job: OpenJob, image: Image): OpenJob {
  job.images.push(image);
  job.weight += weightOf(image);
  return job;
}
