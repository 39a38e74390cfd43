import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startOfProcess } from '../bootstrap/process-identity.mjs';
import { StartError } from '../terminal.ts';

const entry = z.object({ name: z.string(), pid: z.int().positive(), started: z.string() });
/** One process: the pid and the time it started name it for ever. */
export type Entry = z.infer<typeof entry>;

const GRACE_MS = 10_000;
const POLL_MS = 20;

/** Which processes a supervisor runs, in a file, so that the next one can end what a killed one left behind. */
export interface ProcessRecord {
  /** Notes a process that now runs under `name`, in place of the one noted before. */
  note(name: string, pid: number): void;
  /** Removes the file: all processes have ended. */
  clear(): void;
}

/** @param path the file; an unreadable one counts as empty */
export function openProcessRecord(path: string): ProcessRecord {
  const entries = new Map<string, Entry>();
  return {
    note(name, pid) {
      const started = startOfProcess(pid);
      if (started === null) return;
      entries.set(name, { name, pid, started });
      mkdirSync(dirname(path), { recursive: true });
      // Written aside and renamed: a reader never sees half of it.
      writeFileSync(`${path}.new`, JSON.stringify([...entries.values()]));
      renameSync(`${path}.new`, path);
    },
    clear: () => rmSync(path, { force: true }),
  };
}

/**
 * Ends the processes of a record that still run, the one named `last` after all others. A process is known by its pid
 * and the time it started, so that a stranger under a reused pid is never touched.
 *
 * @returns names of those that were ended
 */
export async function endOrphans(path: string, last: string): Promise<string[]> {
  const orphans = readRecord(path).filter(isAlive);
  await Promise.all(orphans.filter(({ name }) => name !== last).map(end));
  await Promise.all(orphans.filter(({ name }) => name === last).map(end));
  rmSync(path, { force: true });
  return orphans.map(({ name }) => name);
}

/** The processes that a record names; none when there is no readable one. */
export function readRecord(path: string): Entry[] {
  try {
    return z.array(entry).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Absent after a clean stop; anything else in it can't be trusted with a signal.
    return [];
  }
}

/** Whether that very process still runs. */
export function isAlive({ pid, started }: Entry): boolean {
  return startOfProcess(pid) === started;
}

async function end(orphan: Entry): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  signal(orphan, 'SIGTERM');
  while (isAlive(orphan)) {
    if (Date.now() > deadline) signal(orphan, 'SIGKILL');
    await sleep(POLL_MS);
  }
}

function signal({ name, pid }: Entry, what: NodeJS.Signals): void {
  try {
    process.kill(pid, what);
  } catch (err) {
    const code = err instanceof Error && 'code' in err ? err.code : null;
    if (code === 'EPERM') {
      throw new StartError(
        `${name} of an earlier start (process ${pid}) still runs as another user; end it first`,
      );
    }
    // ESRCH: it ended between the look and the signal.
    if (code !== 'ESRCH') throw err;
  }
}
