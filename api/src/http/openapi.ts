import { type ProblemCode, problem, problemKinds } from '@inkqueue/shared/contracts/problems';
import { z } from 'zod';
import type { CallbackDescription, ResponseDescription, Route } from './route.ts';
import { componentSchemas, type Json, toSchema } from './schema.ts';

/**
 * The OpenAPI 3.1 document, made from the routes that the router registers and the zod schemas that it parses with, so
 * that it can't say what the API doesn't do.
 */
export function createOpenApi(options: {
  routes: readonly Route[];
  version: string;
  imageMaxBytes: number;
  basePath: string;
}): Json {
  const { routes, version, imageMaxBytes, basePath } = options;
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, imageMaxBytes) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inkqueue',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Reads handwritten digits from pictures. Every picture is one prediction: submit it, then wait, poll, or subscribe to it over socket.io. Errors are RFC 9457 problem documents with a stable `code`.',
    },
    servers: [{ url: basePath || '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: componentSchemas() },
  };
}

function operation(route: Route, imageMaxBytes: number): Json {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    ...((route.params || route.query || route.headers.length > 0) && {
      parameters: [
        ...parameters(route.params, 'path'),
        ...parameters(route.query, 'query'),
        ...route.headers.map(({ name, description, pattern }) => ({
          name,
          in: 'header',
          required: false,
          schema: { type: 'string', ...(pattern && { pattern: pattern.source }) },
          description,
        })),
      ],
    }),
    ...(route.body && { requestBody: { required: true, content: route.body.content({ imageMaxBytes }) } }),
    responses: { ...responses(route.responses), ...problemResponses(route) },
    ...(route.callback && { callbacks: callbacks(route.callback) }),
  };
}

function callbacks({ name, parameter, summary, description, schema, headers }: CallbackDescription): Json {
  const post = {
    summary,
    description,
    parameters: Object.entries(headers).map(([header, about]) => ({
      name: header,
      in: 'header',
      required: true,
      schema: { type: 'string' },
      description: about,
    })),
    requestBody: { required: true, content: { 'application/json': { schema: toSchema(schema, 'output') } } },
    responses: { '2XX': { description: 'The client has it' } },
  };
  return { [name]: { [`{$request.query.${parameter}}`]: { post } } };
}

function parameters(schema: z.core.$ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!(schema instanceof z.core.$ZodObject)) return [];
  return Object.entries(schema._zod.def.shape).map(([name, field]) => {
    // Of a parameter, not of its schema.
    const { description, allowEmptyValue, ...rest } = toSchema(field, 'input');
    return {
      name,
      in: where,
      required: where === 'path',
      schema: rest,
      ...(description ? { description } : {}),
      ...(allowEmptyValue ? { allowEmptyValue } : {}),
    };
  });
}

function responses(documented: Record<number, ResponseDescription>): Json {
  return Object.fromEntries(
    Object.entries(documented).map(([status, response]) => [status, toResponse(response)]),
  );
}

function toResponse(response: ResponseDescription): Json {
  const { description, schema, headers = {}, alternatives = {}, events, links = [] } = response;
  return {
    description,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [
        name,
        { description: text, schema: { type: 'string' } },
      ]),
    ),
    content: {
      ...(schema && { 'application/json': { schema: toSchema(schema, 'output') } }),
      ...(events && { 'text/event-stream': { schema: eventSchema(events) } }),
      ...Object.fromEntries(
        Object.entries(alternatives).map(([type, text]) => [
          type,
          { schema: { type: 'string', description: text } },
        ]),
      ),
    },
    ...(links.length > 0 && { links: Object.fromEntries(links.map((name) => [name, linkById(name)])) }),
  };
}

/** One event: OpenAPI 3.1 has no keyword for the items of a stream, and tools take its schema for theirs. */
function eventSchema({ name, schema }: NonNullable<ResponseDescription['events']>): Json {
  return {
    type: 'object',
    description: 'Each event of the stream',
    required: ['id', 'event', 'data'],
    properties: {
      id: { type: 'string' },
      event: { type: 'string', const: name },
      data: {
        type: 'string',
        contentMediaType: 'application/json',
        contentSchema: toSchema(schema, 'output'),
      },
    },
  };
}

function linkById(operationId: string): Json {
  return { operationId, parameters: { id: '$response.body#/id' } };
}

/** Every operation may refuse a request for its head alone. */
const EVERYWHERE = ['invalid-request', 'headers-too-large'] as const satisfies readonly ProblemCode[];

/** Problems that share a status share a response; its description lists their codes. */
function problemResponses(route: Route): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...EVERYWHERE, ...route.problems])) {
    const { status } = problemKinds[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}`).join('\n\n'),
        ...(status === 503 && {
          headers: {
            'Retry-After': { description: 'Seconds to wait before another try', schema: { type: 'string' } },
          },
        }),
        content: { 'application/problem+json': { schema: toSchema(problem, 'output') } },
      },
    ]),
  );
}
