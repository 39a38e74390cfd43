/** What keeps an evaluation from being made or written, in words for whoever started it. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

/** Says what couldn't be done with a file; a fault that is none of the file system's passes through. */
export function fileError(what: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (!error.syscall) throw error;
    throw new EvaluationError(`${what}: ${error.message}`);
  };
}
