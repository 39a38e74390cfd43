import type { ProblemCode } from '@inkqueue/shared/contracts/problems';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { BodyKind, Receivers } from './bodies/body-kinds.ts';
import { parse } from './parse.ts';

/** A documented response. The OpenAPI document shows its schema, and the tests check responses against it. */
export interface ResponseDescription {
  description: string;
  schema: z.core.$ZodType;
  headers?: Record<string, string>;
}

/** One operation of the API. The router, the validation and the OpenAPI document are all made from its description. */
interface Description {
  method: 'get' | 'post' | 'put';
  /** With parameters as in OpenAPI: /predictions/{id} */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  responses: Record<number, ResponseDescription>;
  problems: readonly ProblemCode[];
}

/**
 * What a handler is given, each part as the route describes it. A class: a getter in an object literal would give every
 * request a hidden class of its own in V8, which doubled the time of the smallest requests.
 */
class RouteInput<P, Q, B> {
  params = undefined as P;
  query = undefined as Q;
  body = undefined as B;
  readonly #makeSignal: () => AbortSignal;

  constructor(makeSignal: () => AbortSignal) {
    this.#makeSignal = makeSignal;
  }

  /** Aborted when the client goes before the response, and when the process stops. Made when a handler wants it. */
  get signal(): AbortSignal {
    return this.#makeSignal();
  }
}

interface Definition<P, Q, B> extends Description {
  params?: z.core.$ZodType<P>;
  query?: z.core.$ZodType<Q>;
  body?: BodyKind<B>;
  handle(ctx: Context, input: RouteInput<P, Q, B>): Promise<void>;
}

export interface Route extends Description {
  params: z.core.$ZodType | undefined;
  query: z.core.$ZodType | undefined;
  body: BodyKind<unknown> | undefined;
  /** Parses the request and runs the handler. `signal` makes the request's signal when the handler wants it. */
  run(ctx: Context, deps: { receivers: Receivers; signal: () => AbortSignal }): Promise<void>;
}

/** Makes a route of its description and its handler, whose input has the types that the description declares. */
export function route<P = undefined, Q = undefined, B = undefined>({
  params,
  query,
  body,
  handle,
  ...description
}: Definition<P, Q, B>): Route {
  return {
    ...description,
    params,
    query,
    body,
    async run(ctx, { receivers, signal }) {
      const input = new RouteInput<P, Q, B>(signal);
      // Where the definition leaves a part out, its type is undefined.
      if (params) input.params = parse(params, ctx.params, 'path');
      if (query) input.query = parse(query, ctx.query, 'query');
      if (body) input.body = await body.receive(ctx, receivers);
      await handle(ctx, input);
    },
  };
}
