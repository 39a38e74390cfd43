import { BATCH_PICTURES_MAX } from '@inkqueue/shared/contracts/batch';
import { type ProblemCode, problem, problemKinds } from '@inkqueue/shared/contracts/problems';
import { z } from 'zod';
import type { Answer, Route } from './route.ts';
import { UPLOAD_FIELD } from './uploads.ts';

type Json = Record<string, unknown>;

/** Where schemas with an id live in the document. */
const schemaRef = (id: string) => `#/components/schemas/${id}`;

/**
 * The OpenAPI 3.1 document, made from the routes that the router registers and the zod schemas that it parses with, so
 * that it can't say what the API doesn't do.
 */
export function createOpenApi(options: {
  routes: readonly Route[];
  version: string;
  uploadMaxBytes: number;
}): Json {
  const { routes, version, uploadMaxBytes } = options;
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, uploadMaxBytes) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inkqueue',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Reads handwritten digits from pictures. Every picture is one prediction: submit it, then wait, poll, or follow it live over socket.io. Errors are RFC 9457 problem documents with a stable `code`.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: componentSchemas() },
  };
}

function operation(route: Route, uploadMaxBytes: number): Json {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    ...((route.params || route.query) && {
      parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    }),
    ...(route.body && { requestBody: jsonBody(route.body) }),
    ...(route.takes && { requestBody: uploadBody(uploadMaxBytes, route.takes) }),
    responses: { ...answers(route.answers), ...problemAnswers(route) },
  };
}

function parameters(schema: z.core.$ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!(schema instanceof z.core.$ZodObject)) return [];
  return Object.entries(schema._zod.def.shape).map(([name, field]) => {
    const { description, ...rest } = toSchema(field, 'input');
    return {
      name,
      in: where,
      required: where === 'path',
      schema: rest,
      ...(description ? { description } : {}),
    };
  });
}

function jsonBody(schema: z.core.$ZodType): Json {
  return { required: true, content: { 'application/json': { schema: toSchema(schema, 'input') } } };
}

function uploadBody(maxBytes: number, takes: 'picture' | 'pictures'): Json {
  const about = `PNG, JPEG, WebP, GIF, TIFF or AVIF, told by content; at most ${maxBytes} bytes`;
  const binary = { type: 'string', contentMediaType: 'application/octet-stream', description: about };
  const part = { ...binary, format: 'binary' };
  const field =
    takes === 'picture' ? part : { type: 'array', items: part, minItems: 1, maxItems: BATCH_PICTURES_MAX };
  const form = { type: 'object', required: [UPLOAD_FIELD], properties: { [UPLOAD_FIELD]: field } };
  return {
    required: true,
    content: {
      'multipart/form-data': { schema: form },
      ...(takes === 'picture' && { 'image/*': { schema: binary } }),
    },
  };
}

function answers(documented: Record<number, Answer>): Json {
  return Object.fromEntries(
    Object.entries(documented).map(([status, { description, schema, headers = {} }]) => [
      status,
      {
        description,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, text]) => [
            name,
            { description: text, schema: { type: 'string' } },
          ]),
        ),
        content: { 'application/json': { schema: toSchema(schema, 'output') } },
      },
    ]),
  );
}

/** Problems that share a status share a response; its description lists their codes. */
function problemAnswers(route: Route): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of route.problems) {
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

/** A schema with an id becomes a reference to its component; any other is written out. */
function toSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const id = z.globalRegistry.get(schema)?.id;
  if (id) return { $ref: schemaRef(id) };
  const {
    $schema: _,
    $defs: __,
    ...json
  } = z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => adapt(jsonSchema) });
  return json;
}

/** References point at the components; objects stay open, so that a field can be added later. */
function adapt(json: Json): void {
  delete json.additionalProperties;
  if (typeof json.$ref === 'string') json.$ref = json.$ref.replace('#/$defs/', schemaRef(''));
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: schemaRef,
    override: ({ jsonSchema }) => adapt(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, id: ___, ...schema }]) => [id, schema]),
  );
}
