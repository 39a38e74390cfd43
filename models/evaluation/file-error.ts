import { UserError } from '@inkqueue/shared/node/user-error';

/** Makes a UserError of a file system error, which says what could not be done. Any other error passes through. */
export function fileError(what: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (!error.syscall) throw error;
    throw new UserError(`${what}: ${error.message}`);
  };
}
