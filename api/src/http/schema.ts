import { z } from 'zod';

export type Json = Record<string, unknown>;

/** Where schemas with an id live in the OpenAPI document. */
const schemaRef = (id: string) => `#/components/schemas/${id}`;

/** A schema with an id becomes a reference to its component; any other is written out. */
export function toSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
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

/** The components of the OpenAPI document. */
export function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: schemaRef,
    override: ({ jsonSchema }) => adapt(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, id: ___, ...schema }]) => [id, schema]),
  );
}
