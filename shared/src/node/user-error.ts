/** An error that the person who runs a process can fix. The process prints its message without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Runs the main function of a process. When it fails, prints why, each line marked with `name`, and exits with code 1. */
export function runMain(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const text = error instanceof UserError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`inkqueue ${name}: ${text}\n`);
    process.exit(1);
  });
}
