import { parseArgs } from 'node:util';
import { UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';

/**
 * Parses a program's options by their schema: a boolean one is a flag, any other takes a text.
 *
 * @throws UserError naming what is wrong with the command line
 */
export function parseCommandLine<S extends z.ZodObject>(schema: S, args: readonly string[]): z.infer<S> {
  const options = Object.fromEntries(
    Object.entries(schema.shape).map(([name, option]) => [name, { type: takes(option) }]),
  );
  try {
    const parsed = schema.safeParse(parseArgs({ args: [...args], options }).values);
    if (!parsed.success) throw new UserError(z.prettifyError(parsed.error));
    return parsed.data;
  } catch (error) {
    // An unknown option, or one without its value.
    if (error instanceof TypeError) throw new UserError(error.message);
    throw error;
  }
}

function takes(option: unknown): 'boolean' | 'string' {
  const bare = option instanceof z.ZodDefault ? option.unwrap() : option;
  return bare instanceof z.ZodBoolean ? 'boolean' : 'string';
}
