import { z } from 'zod';
import { ProblemError } from '../errors.ts';

/** A number as JSON writes it, but for zeros at its start. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** The schema of a number that comes as text; an empty text counts as none. `Number` would take `0x10` for 16. */
export function numberText<T extends z.core.$ZodType>(schema: T) {
  return z.preprocess(toNumber, schema).meta({ allowEmptyValue: true });
}

function toNumber(text: unknown): unknown {
  if (text === '') return undefined;
  return typeof text === 'string' && NUMBER.test(text) ? Number(text) : text;
}

/** Most faults of a request that are named at once. */
const ISSUES_MAX = 10;

/** Parses one place of a request. @throws ProblemError invalid-request, naming the place and each field that is wrong */
export function parse<T>(schema: z.core.$ZodType<T>, value: unknown, place: 'path' | 'query' | 'body'): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, ISSUES_MAX)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  throw new ProblemError('invalid-request', `In the ${place}: ${issues.join('; ')}`);
}
