import type { ProblemCode } from '@inkqueue/shared/contracts/problems';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { Upload } from './uploads.ts';

/** A documented answer: its schema is what the OpenAPI document shows and what the tests check answers against. */
export interface Answer {
  description: string;
  schema: z.core.$ZodType;
  headers?: Record<string, string>;
  mediaType?: string;
}

export interface RouteInput<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  upload: Upload;
  /** Calls back once if the client goes before it is answered. */
  whenGone: (callback: () => void) => void;
}

/** One operation of the API. The router, the validation and the OpenAPI document are all made from it. */
export interface Route<P = unknown, Q = unknown, B = unknown> {
  method: 'get' | 'post' | 'put';
  /** With parameters as in OpenAPI: /predictions/{id} */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  params?: z.core.$ZodType<P>;
  query?: z.core.$ZodType<Q>;
  /** What the request's body says in JSON, where it carries no pictures. */
  body?: z.core.$ZodType<B>;
  /** What the request's body carries: one picture, read before the handler runs, or many, read by the handler. */
  takes?: 'picture' | 'pictures';
  answers: Record<number, Answer>;
  problems: readonly ProblemCode[];
  handle(ctx: Context, input: RouteInput<P, Q, B>): Promise<void>;
}

/** Erases a route's parameter types, once they have been checked against its schemas. */
export function route<P = unknown, Q = unknown, B = unknown>(definition: Route<P, Q, B>): Route {
  return definition as unknown as Route;
}
