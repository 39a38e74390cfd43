import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tryLock } from './bootstrap/lock.mjs';
import { StartError } from './terminal.ts';

/** The folder of the private Redis, held by this process alone. */
export interface DataDir {
  redis: string;
  /** File that names the processes running on it. */
  processes: string;
  /** File that holds the URL of its Redis. */
  redisUrl: string;
  /** Tells whoever finds it held where this process answers. */
  announce(url: string): void;
  release(): void;
}

/** Where a data folder has what. */
export function dataPaths(dir: string): Pick<DataDir, 'redis' | 'processes' | 'redisUrl'> {
  const path = resolve(dir);
  return {
    redis: join(path, 'redis'),
    processes: join(path, 'processes.json'),
    redisUrl: join(path, 'redis-url'),
  };
}

/** @throws StartError when another start holds the folder, or it can't be written */
export function claimDataDir(dir: string): DataDir {
  const path = resolve(dir);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const lock = tryLock(join(path, 'start.lock'));
    if (lock.holder) {
      const { pid, note } = lock.holder;
      throw new StartError(`already running (process ${pid})${note ? ` at ${note}` : ', not ready yet'}`);
    }
    return {
      ...dataPaths(dir),
      announce: lock.annotate,
      release: lock.release,
    };
  } catch (err) {
    if (err instanceof StartError) throw err;
    const reason = err instanceof Error ? err.message : String(err);
    throw new StartError(`can't write to DATA_DIR=${dir}: ${reason}`);
  }
}
