import type { Redis } from 'ioredis';
import type { Middleware } from 'koa';
import { createJobQueue } from '../../queue/bullmq.ts';
import { CONSOLE_PATH } from './console.ts';

/** Below the base path. */
const MOUNT = `${CONSOLE_PATH}/board`;

const FOREIGN_LINKS = /<link[^>]+href="https?:[^>]*>/g;
const POLICY =
  "default-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;frame-ancestors 'none'";

/**
 * Bull Board: the jobs that BullMQ keeps. It changes nothing, since what it would do to a job knows nothing of the predictions
 * in it: a finished job that is retried there would take their results back. Its code is loaded here, and not without a console.
 */
export async function openBoard(options: {
  connection: Redis;
  prefix: string;
  basePath: string;
}): Promise<Middleware> {
  const { connection, prefix, basePath } = options;
  const [{ createBullBoard }, { BullMQAdapter }, { KoaAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/koa'),
  ]);
  const queue = createJobQueue({ connection, prefix });
  queue.on('error', () => {});
  const serverAdapter = new KoaAdapter();
  serverAdapter.setBasePath(`${basePath}${MOUNT}`);
  createBullBoard({
    queues: [new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Inkqueue' } },
  });
  const board = serverAdapter.registerPlugin({ mount: MOUNT });
  return async (ctx, next) => {
    await board(ctx, next);
    // The page would ask Google for a font, and styles some of its elements by attributes.
    if (typeof ctx.body === 'string' && ctx.type === 'text/html') {
      ctx.body = ctx.body.replaceAll(FOREIGN_LINKS, '');
      ctx.set('Content-Security-Policy', POLICY);
    }
  };
}
