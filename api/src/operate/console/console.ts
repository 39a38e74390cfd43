import type { ActionDone, ConsoleState } from '@inkqueue/shared/contracts/console';
import type { Logger } from '@inkqueue/shared/node/log';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import type { Context, Middleware } from 'koa';
import { ProblemError } from '../../errors.ts';
import { createOrigins } from '../../http/origins.ts';
import type { Operations } from '../../queue/operations.ts';
import { act, isActionName } from '../actions.ts';
import type { Audit } from '../audit.ts';
import { describeStatus } from '../status.ts';
import { createGate } from './auth.ts';
import { renderConsole, STYLE } from './page.ts';

/** Where the console stands, below the base path. */
export const CONSOLE_PATH = '/console';

/** Entries of the audit that the page shows. */
const AUDIT_ROWS = 20;
/** Failed predictions that the page shows. */
const FAILURE_ROWS = 50;

/**
 * The operator's page: what `npm run queue` says and does, and Bull Board beside it; and the same as JSON for the page at /ui/queue. Behind
 * a password, and for pages of this host alone: a page elsewhere must not act in the name of an operator whose browser knows the password.
 */
export function createConsole(options: {
  password: string;
  log: Pick<Logger, 'warn'>;
  basePath: string;
  trustProxy: boolean;
  operations: Operations;
  audit: Audit;
  workers: () => Promise<WorkerPresence[]>;
  board: Middleware;
}): Middleware {
  const { operations, audit, workers, board } = options;
  const path = `${options.basePath}${CONSOLE_PATH}`;
  const icon = `${options.basePath}/ui/favicon.svg`;
  const enter = createGate(options);
  const { admits } = createOrigins({ allowed: [], trustProxy: options.trustProxy });

  /** @param afterAction whether an action has just been done: the newest of the audit */
  async function show(ctx: Context, afterAction: boolean): Promise<void> {
    const [queue, present, entries] = await Promise.all([
      operations.look(),
      workers(),
      audit.list(AUDIT_ROWS),
    ]);
    const status = describeStatus(queue, { workers: present, now: Date.now() });
    ctx.type = 'text/html';
    const done = afterAction ? (entries[0]?.result ?? null) : null;
    ctx.body = renderConsole({ path, icon, status, audit: entries, done });
  }

  async function look(): Promise<ConsoleState> {
    const [present, failures, entries] = await Promise.all([
      workers(),
      operations.failures(FAILURE_ROWS),
      audit.list(AUDIT_ROWS),
    ]);
    return { workers: present.map(({ id, host, pid }) => ({ id, host, pid })), failures, audit: entries };
  }

  return async (ctx, next) => {
    if (ctx.path !== CONSOLE_PATH && !ctx.path.startsWith(`${CONSOLE_PATH}/`)) return next();
    ctx.set('Cache-Control', 'no-store');
    // Else browsers do not say from which page a form was sent.
    ctx.set('Referrer-Policy', 'same-origin');
    const name = await enter(ctx);
    if (name === null) return;
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD' && !admits(ctx.req))
      throw new ProblemError('invalid-request', 'The console takes actions from its own page alone.');
    const place = ctx.path.slice(CONSOLE_PATH.length);
    if (place === '' || place === '/') return show(ctx, ctx.querystring === 'done');
    if (place === '/state') {
      ctx.body = await look();
      return;
    }
    if (place === '/console.css') {
      ctx.type = 'text/css';
      ctx.body = STYLE;
      return;
    }
    if (place === '/board' || place.startsWith('/board/')) return board(ctx, next);
    const [, action = ''] = /^\/actions\/([\w-]+)$/.exec(place) ?? [];
    if (!isActionName(action)) return next();
    if (ctx.method === 'POST') {
      const by = `${name}, from ${ctx.ip.replaceAll(/\p{Cc}/gu, '')}`;
      const { result: _, ...done } = await act(action, by, { operations, audit });
      if (ctx.accepts('html', 'json') === 'json') {
        ctx.body = done satisfies ActionDone;
        return;
      }
    }
    // To an address that can be loaded again without acting again.
    ctx.status = 303;
    ctx.redirect(ctx.method === 'POST' ? `${path}?done` : path);
  };
}
