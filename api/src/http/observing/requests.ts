import { randomUUID } from 'node:crypto';
import type { ProblemCode } from '@inkqueue/shared/contracts/problems';
import type { Context, Middleware } from 'koa';

/** What may be in a client's `X-Request-Id`, which goes into logs and headers. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** A request whose response has ended, or whose client has gone. */
export interface EndedRequest {
  id: string;
  method: string;
  /** Without its query, in which a client may have put anything. */
  path: string;
  /** The route's path with its parameters, such as /predictions/:id; null where no route has it. */
  route: string | null;
  /** 499 where the client went before the response. */
  status: number;
  /** Whether the client went before the response. */
  isClientGone: boolean;
  seconds: number;
  problem: ProblemCode | null;
  /** Of OpenTelemetry; null where nothing is traced. */
  traceId: string | null;
  /** The prediction or the batch that it was about. */
  subject: string | null;
  /** The client's address. */
  caller: string;
  /** Bytes of the bodies, where they are known. */
  received: number | null;
  sent: number | null;
}

/** What the problem of a refused request is, for those who observe it. */
interface Refusal {
  code: ProblemCode;
  predictionId?: string | undefined;
}

/** Notes why a request is refused. */
export function noteRefusal(ctx: Context, refusal: Refusal): void {
  ctx.state.refusal = refusal;
}

/** The id under which logs speak of a request: the client's own, where it sent a usable one. */
export const requestIdOf = (ctx: Context): string => ctx.state.requestId;

/** The `traceparent` of a request, for what goes on after it; undefined where nothing is traced. */
export const traceOf = (ctx: Context): string | undefined => ctx.state.trace;

/** Gives each request an id, which the response carries, and reports each request once its response has ended. */
export function observeRequests(observers: readonly ((ended: EndedRequest) => void)[]): Middleware {
  return async (ctx, next) => {
    const given = ctx.get('X-Request-Id');
    ctx.state.path = pathOf(ctx);
    const id = REQUEST_ID.test(given) ? given : randomUUID();
    ctx.state.requestId = id;
    ctx.set('X-Request-Id', id);
    const start = performance.now();
    ctx.res.once('close', () => {
      const ended = describe(ctx, id, (performance.now() - start) / 1_000);
      for (const observe of observers) observe(ended);
    });
    await next();
  };
}

/** A target that is no address, which `request-target.ts` refuses, has no path: reading one throws. */
function pathOf(ctx: Context): string {
  try {
    return ctx.path;
  } catch {
    return '';
  }
}

/** 499, as nginx has it, where the client went before the response. */
export const statusOf = ({ res, status }: Context): number => (res.writableFinished ? status : 499);

function describe(ctx: Context, id: string, seconds: number): EndedRequest {
  const refusal: Refusal | undefined = ctx.state.refusal;
  const received = Number(ctx.req.headers['content-length'] ?? Number.NaN);
  return {
    id,
    method: ctx.method,
    path: ctx.state.path,
    route: ctx._matchedRoute ? String(ctx._matchedRoute) : null,
    status: statusOf(ctx),
    isClientGone: !ctx.res.writableFinished,
    seconds,
    problem: refusal?.code ?? null,
    traceId: ctx.state.traceId ?? null,
    subject: refusal?.predictionId ?? ctx.params?.id ?? idIn(ctx.body),
    caller: ctx.ip,
    received: Number.isNaN(received) ? null : received,
    sent: ctx.length ?? null,
  };
}

function idIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('id' in body)) return null;
  return typeof body.id === 'string' ? body.id : null;
}
