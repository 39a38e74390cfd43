import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TAIL_LINES = 12;

/** The programs of the service, by their roles. */
const PROGRAMS = {
  api: 'api/dist/main.js',
  worker: 'worker/dist/main.js',
  webhooks: 'api/dist/webhooks/main.js',
};
export type ProcessRole = keyof typeof PROGRAMS;

/** What the processes of the service send to the process that started them, once they do their work. */
const readyMessage = z.object({ type: z.literal('ready'), url: z.string().default('') });

/**
 * glibc keeps freed memory in one arena for each few threads: with two in all, a worker that decoded 10,000 damaged pictures
 * levels off at 240 MB in place of 350. Dockerfile.worker says the same.
 */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2' };

export type Launched = ReturnType<typeof launch>;

const running = new Set<Launched>();
process.on('exit', killAll);

/** Ends at once every process that this one has launched and that still runs. */
export function killAll(): void {
  for (const launched of running) launched.signal('SIGKILL');
}

/** Starts a process of the service, of a checkout, by default this one. */
export function launchRole(
  role: ProcessRole,
  options: {
    env: NodeJS.ProcessEnv;
    root?: string | undefined;
    preload?: string | undefined;
    name?: string;
    echo?: boolean;
  },
): Launched {
  const { root = ROOT, preload, name = role, env, ...rest } = options;
  const args = [...(preload ? ['--import', preload] : []), join(root, PROGRAMS[role])];
  return launch({ ...rest, name, env: { ...ALLOCATOR, ...env }, program: process.execPath, args, ipc: true });
}

/**
 * Starts a program in a new process group: the terminal's Ctrl-C reaches this process alone, which then stops the others in
 * their order. A signal goes to the whole group.
 *
 * @param options.name what errors call it
 * @param options.ipc opens an IPC channel, over which it reports that it is ready
 * @param options.readyLine the line of output by which it reports that it is ready, where it has no IPC channel
 * @param options.echo passes its output on to this terminal
 */
export function launch(options: {
  name: string;
  program: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  ipc?: boolean;
  readyLine?: RegExp;
  echo?: boolean;
}) {
  const { name, readyLine, echo = false } = options;
  const child = spawn(options.program, options.args, {
    detached: true,
    env: options.env,
    stdio: ['ignore', echo ? 'inherit' : 'pipe', 'pipe', ...(options.ipc ? ['ipc' as const] : [])],
  });
  const tail: string[] = [];
  const ready = new Promise<{ url: string }>((resolve) => {
    child.on('message', (message) => {
      const { data } = readyMessage.safeParse(message);
      if (data) resolve(data);
    });
    for (const output of [child.stdout, child.stderr]) {
      if (!output) continue;
      createInterface(output).on('line', (line) => {
        if (echo) process.stderr.write(`${line}\n`);
        if (line.trim() !== '') tail.push(line);
        if (tail.length > TAIL_LINES) tail.shift();
        if (readyLine?.test(line)) resolve({ url: '' });
      });
    }
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const launched = {
    child,
    pid: child.pid ?? 0,
    /** Resolves to words for how it ended ("exit code 1", "SIGKILL"), once its output has been read. */
    ended,
    isRunning: () => running.has(launched),
    /** Its last lines of output. */
    tail: () => [...tail],
    /**
     * Resolves once it reports that it is ready, to the URL at which it listens, or '' where it gives none.
     *
     * @throws UserError with its last words, when it ends before or takes too long; it is killed then
     */
    async untilReady(timeoutMs: number): Promise<string> {
      const waiting = new AbortController();
      const deadline = delay(timeoutMs, `${name} was not ready after ${timeoutMs / 1_000} s`, waiting);
      const failed = ended.then((how) => (tail.length > 0 ? '' : `${name} could not start (${how})`));
      const outcome = await Promise.race([ready, failed, deadline]);
      waiting.abort();
      if (typeof outcome === 'object') return outcome.url;
      launched.signal('SIGKILL');
      const lastWords = tail.map((line) => (line.startsWith('inkqueue') ? line : `${name}: ${line}`));
      throw new UserError([outcome, ...lastWords].filter(Boolean).join('\n'));
    },
    /** Does nothing once it has ended: a stranger may have its pid by then. */
    signal(signal: NodeJS.Signals): void {
      if (launched.isRunning()) signalGroup(launched.pid, signal);
    },
    /** Lets it end by itself, and kills it at the deadline. Resolves when it has ended. */
    async stop(timeoutMs: number): Promise<{ forced: boolean }> {
      if (!launched.isRunning()) return { forced: false };
      let forced = false;
      const deadline = setTimeout(() => {
        forced = true;
        launched.signal('SIGKILL');
      }, timeoutMs);
      launched.signal('SIGTERM');
      await ended;
      clearTimeout(deadline);
      // Children may outlive it.
      signalGroup(launched.pid, 'SIGKILL');
      return { forced };
    },
    /** Ends it at once. Resolves when it has ended. */
    async kill(): Promise<void> {
      launched.signal('SIGKILL');
      await ended;
    },
  };
  if (child.pid !== undefined) running.add(launched);
  void ended.then(() => running.delete(launched));
  return launched;
}

/** Sends a signal to every process of a group. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    // Windows has no process groups.
    process.kill(process.platform === 'win32' ? group : -group, signal);
  } catch (error) {
    // ESRCH: the group has ended; EPERM: macOS reports a group of zombies so.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')))
      throw error;
  }
}
