// The queue is the api's own secret and taking jobs is the worker's: neither package opens them. The measurement of Redis alone must do
// exactly what they do, so its processes load their compiled modules by path.

const compiled = (path: string) => import(new URL(`../../../${path}`, import.meta.url).href);

/** The api's door to BullMQ. */
export const loadQueue = (): Promise<typeof import('../../../api/src/queue/queue.ts')> =>
  compiled('api/dist/queue/queue.js');

/** What takes a worker's jobs from the queue. */
export const loadConsumer = (): Promise<typeof import('../../../worker/src/consumer.ts')> =>
  compiled('worker/dist/consumer.js');

/** What runs a worker's job. */
export const loadProcessor = (): Promise<typeof import('../../../worker/src/processor.ts')> =>
  compiled('worker/dist/processor.js');
