import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { readLock, tryLock } from './bootstrap/lock.mjs';
import { startOfProcess } from './bootstrap/process-identity.mjs';

/** Name of the private Redis among the processes of a start. */
export const REDIS = 'redis';

const GRACE_MS = 10_000;
const POLL_MS = 20;

/** One process: the pid and the time of its start identify it for ever. */
const entry = z.object({ name: z.string(), pid: z.int().positive(), started: z.string() });
export type Entry = z.infer<typeof entry>;

/** What a start notes in the lock of its data folder, for other processes and for the next start. */
const noteShape = z.object({
  /** Where the api listens, once it is ready. */
  url: z.string().nullable().default(null),
  redisUrl: z.string().nullable().default(null),
  processes: z.array(entry).default([]),
});

const lockPath = (dir: string) => join(resolve(dir), 'start.lock');
const parseNote = (note: unknown) => noteShape.safeParse(note).data ?? noteShape.parse({});

/** What the last start on a data folder has noted; nothing after it has ended cleanly. */
export function readDataDir(dir: string): z.infer<typeof noteShape> {
  return parseNote(readLock(lockPath(dir))?.note);
}

/** Where the private Redis of a data folder listens; null while none runs there. */
export function runningRedisUrl(dir: string): string | null {
  const { processes, redisUrl } = readDataDir(dir);
  return processes.some((each) => each.name === REDIS && isAlive(each)) ? redisUrl : null;
}

export type DataDir = Awaited<ReturnType<typeof claimDataDir>>;

/**
 * Takes the data folder for this process alone, and ends the processes that an earlier start left running on it when it was
 * killed: two Redis on one log would ruin it.
 *
 * @throws UserError when another start holds the folder, or this user can't write to it
 */
export async function claimDataDir(dir: string) {
  const lock = lockDataDir(dir);
  const note = { ...parseNote(lock.left), url: null as string | null };
  lock.annotate(note);
  const ended = await endOrphans(note.processes);
  return {
    /** Folder of the private Redis. */
    redis: join(resolve(dir), 'redis'),
    /** Names of the processes of an earlier start that were ended. */
    ended,
    /** Notes where the api or Redis listens. */
    noteAddress(address: { url: string } | { redisUrl: string }): void {
      lock.annotate(Object.assign(note, address));
    },
    /** Notes a process that now runs under `name`, in place of the one noted before. */
    noteProcess(name: string, pid: number): void {
      const others = note.processes.filter((each) => each.name !== name);
      const started = startOfProcess(pid);
      note.processes = started === null ? others : [...others, { name, pid, started }];
      lock.annotate(note);
    },
    release: lock.release,
  };
}

function lockDataDir(dir: string) {
  let lock: ReturnType<typeof tryLock>;
  try {
    mkdirSync(resolve(dir), { recursive: true, mode: 0o700 });
    lock = tryLock(lockPath(dir));
  } catch (error) {
    throw new UserError(`can't write to DATA_DIR=${dir}: ${error instanceof Error ? error.message : error}`);
  }
  if (!lock.holder) return lock;
  const { url } = parseNote(lock.holder.note);
  throw new UserError(
    `already running (process ${lock.holder.pid})${url ? ` at ${url}` : ', not ready yet'}`,
  );
}

/** Whether exactly that process still runs. */
export function isAlive({ pid, started }: Entry): boolean {
  return startOfProcess(pid) === started;
}

/** Ends those of the processes that still run, Redis after all others. @returns their names */
async function endOrphans(processes: readonly Entry[]): Promise<string[]> {
  const orphans = processes.filter(isAlive);
  await Promise.all(orphans.filter(({ name }) => name !== REDIS).map(end));
  await Promise.all(orphans.filter(({ name }) => name === REDIS).map(end));
  return orphans.map(({ name }) => name);
}

async function end(orphan: Entry): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  try {
    for (process.kill(orphan.pid, 'SIGTERM'); isAlive(orphan); await delay(POLL_MS)) {
      if (Date.now() > deadline) process.kill(orphan.pid, 'SIGKILL');
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EPERM') {
      const which = `${orphan.name} of an earlier start (process ${orphan.pid})`;
      throw new UserError(`${which} runs as another user; end it first`);
    }
    // ESRCH: it ended between the check and the signal.
    if (code !== 'ESRCH') throw error;
  }
}
