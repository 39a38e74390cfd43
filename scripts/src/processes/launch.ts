import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const TAIL_LINES = 12;

/** A process that was started, and what it said last. */
export interface Launched {
  child: ChildProcess;
  pid: number;
  /** Resolves with words for how it ended ("exit code 1", "SIGKILL"), once its output has been read. */
  ended: Promise<string>;
  isRunning: () => boolean;
  /** Its last lines on standard error (and on standard output, where that is kept). */
  tail: () => string[];
}

/**
 * Starts a process in a process group of its own: the terminal's Ctrl-C reaches this process alone, which then stops the
 * others in their order.
 *
 * @param options.keepStdout keeps standard output for `tail` instead of passing it on
 * @param options.onLine is given each line of standard error
 */
export function launch(options: {
  program: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  ipc?: boolean;
  keepStdout?: boolean;
  onLine?: (line: string) => void;
}): Launched {
  const child = spawn(options.program, options.args, {
    detached: true,
    env: options.env,
    stdio: [
      'ignore',
      options.keepStdout ? 'pipe' : 'inherit',
      'pipe',
      ...(options.ipc ? ['ipc' as const] : []),
    ],
  });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > TAIL_LINES) lines.shift();
  };
  if (child.stdout) createInterface(child.stdout).on('line', keep);
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      keep(line);
      options.onLine?.(line);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (err) => resolve(err.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    isRunning: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    tail: () => lines.filter((line) => line.trim() !== ''),
  };
}

/** Asks a process to end, and ends it when the deadline passes. Resolves when it has ended. */
export async function terminate(launched: Launched, timeoutMs: number): Promise<{ forced: boolean }> {
  if (!launched.isRunning()) return { forced: false };
  let forced = false;
  const deadline = setTimeout(() => {
    forced = true;
    launched.child.kill('SIGKILL');
  }, timeoutMs);
  launched.child.kill('SIGTERM');
  await launched.ended;
  clearTimeout(deadline);
  return { forced };
}
