import type { ProblemCode } from '@inkqueue/shared/contracts/problems';
import type { Context } from 'koa';
import type { z } from 'zod';
import { ProblemError } from '../errors.ts';
import type { BodyKind, Receivers } from './bodies/body-kinds.ts';
import { parse } from './parse.ts';

/** A documented response. The OpenAPI document shows its schema, and the tests check responses against it. */
export interface ResponseDescription {
  description: string;
  /** Of the JSON that it has; undefined for none. */
  schema?: z.core.$ZodType;
  headers?: Record<string, string>;
  /** Other media types that the same response may have, and what each holds. */
  alternatives?: Record<string, string>;
  /** Of the server-sent events that it may have in place of JSON: their name, and the schema of their data. */
  events?: { name: string; schema: z.core.$ZodType };
  /** The operations that take the `id` of the response as theirs. */
  links?: readonly string[];
}

/** A header that a route takes. */
export interface RequestHeader<T> {
  name: string;
  description: string;
  /** What a value must look like, where any other one is refused. */
  pattern?: RegExp;
  /** @throws ProblemError invalid-request for a value that it does not take */
  parse(value: string | undefined): T;
}

/** A request that the service makes later, to a URL that the client names in a parameter of the query. */
export interface CallbackDescription {
  name: string;
  parameter: string;
  summary: string;
  description: string;
  /** Of its body, in JSON. */
  schema: z.core.$ZodType;
  headers: Record<string, string>;
}

/** One operation of the API. The router, the validation and the OpenAPI document are all made from its description. */
interface Description {
  method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters as in OpenAPI: /predictions/{id} */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  responses: Record<number, ResponseDescription>;
  callback?: CallbackDescription;
  problems: readonly ProblemCode[];
}

/**
 * What a handler is given, each part as the route describes it. A class: a getter in an object literal would give every
 * request a hidden class of its own in V8, which doubled the time of the smallest requests.
 */
class RouteInput<P, Q, B, H> {
  params = undefined as P;
  query = undefined as Q;
  headers = undefined as H;
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

interface Definition<P, Q, B, H> extends Description {
  params?: z.core.$ZodType<P>;
  query?: z.core.$ZodType<Q>;
  /** Parameters of other routes that a client must not believe to be taken here, with what it should do. All others are ignored. */
  refusedQuery?: Record<string, string>;
  body?: BodyKind<B>;
  headers?: { [K in keyof H]: RequestHeader<H[K]> };
  handle(ctx: Context, input: RouteInput<P, Q, B, H>): Promise<void>;
}

export interface Route extends Description {
  params: z.core.$ZodType | undefined;
  query: z.core.$ZodType | undefined;
  body: BodyKind<unknown> | undefined;
  headers: readonly RequestHeader<unknown>[];
  /** Parses the request and runs the handler. `signal` makes the request's signal when the handler wants it. */
  run(ctx: Context, deps: { receivers: Receivers; signal: () => AbortSignal }): Promise<void>;
}

/** Makes a route of its description and its handler, whose input has the types that the description declares. */
export function route<P = undefined, Q = undefined, B = undefined, H = undefined>({
  params,
  query,
  refusedQuery = {},
  body,
  headers,
  handle,
  ...description
}: Definition<P, Q, B, H>): Route {
  const takeHeaders = createHeadersParser(headers ?? {});
  const takeQuery = query && createQueryParser(query, refusedQuery);
  return {
    ...description,
    params,
    query,
    body,
    headers: Object.values<RequestHeader<unknown>>(headers ?? {}),
    async run(ctx, { receivers, signal }) {
      const input = new RouteInput<P, Q, B, H>(signal);
      // Where the definition leaves a part out, its type is undefined.
      if (params) input.params = parse(params, ctx.params, 'path');
      if (takeQuery) input.query = takeQuery(ctx);
      if (headers) input.headers = takeHeaders(ctx) as H;
      if (body) input.body = await body.receive(ctx, receivers);
      await handle(ctx, input);
    },
  };
}

// Most requests have no query and none of these headers: what that means is found out once.

function createQueryParser<Q>(
  query: z.core.$ZodType<Q>,
  refused: Record<string, string>,
): (ctx: Context) => Q {
  let empty: { parsed: Q } | null = null;
  return (ctx) => {
    if (ctx.querystring !== '') {
      for (const [name, why] of Object.entries(refused))
        if (ctx.query[name] !== undefined)
          throw new ProblemError('invalid-request', `In the query: ${name}: ${why}`);
      return parse(query, ctx.query, 'query');
    }
    empty ??= { parsed: parse(query, {}, 'query') };
    return empty.parsed;
  };
}

function createHeadersParser(
  headers: Record<string, RequestHeader<unknown>>,
): (ctx: Context) => Record<string, unknown> {
  const taken = Object.entries(headers).map(
    ([key, { name, parse }]) => [key, name.toLowerCase(), parse] as const,
  );
  const without = Object.fromEntries(taken.map(([key, , parse]) => [key, parse(undefined)]));
  return ({ req }) => {
    if (taken.every(([, name]) => req.headers[name] === undefined)) return without;
    const values: Record<string, unknown> = {};
    for (const [key, name, parse] of taken) {
      const value = req.headers[name];
      values[key] = parse(Array.isArray(value) ? value.join(', ') : value);
    }
    return values;
  };
}
