import { z } from 'zod';
import { ProblemError } from '../errors.ts';

/** Parses one place of a request. @throws ProblemError invalid-request, naming the place and each field that is wrong */
export function parse<T>(schema: z.core.$ZodType<T>, value: unknown, place: 'path' | 'query' | 'body'): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ProblemError('invalid-request', `In the ${place}: ${issues.join('; ')}`);
}
