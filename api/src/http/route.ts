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

/** What a handler is given, each part as the route describes it. */
interface Input<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** Aborted when the client goes before the response, and when the process stops. */
  signal: AbortSignal;
}

interface Definition<P, Q, B> extends Description {
  params?: z.core.$ZodType<P>;
  query?: z.core.$ZodType<Q>;
  body?: BodyKind<B>;
  handle(ctx: Context, input: Input<P, Q, B>): Promise<void>;
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
      await handle(ctx, {
        // Where the definition leaves a part out, its type is undefined.
        params: params ? parse(params, ctx.params, 'path') : (undefined as P),
        query: query ? parse(query, ctx.query, 'query') : (undefined as Q),
        body: body ? await body.receive(ctx, receivers) : (undefined as B),
        get signal() {
          return signal();
        },
      });
    },
  };
}
