import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../processes.ts';
import type { Fault } from './fault.ts';

const ROOM = '4g';
/** What is left on the full disk: tmpfs has pages, and Redis writes a little at a time. */
const LEFT_BYTES = 64 * 1_024;

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' });

/** A small file system in memory. @returns its folder; null where this process may not mount one */
function mountDisk(): { dir: string; unmount: () => void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-disk-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${ROOM}`, 'tmpfs', dir);
  } catch {
    rmdirSync(dir);
    return null;
  }
  let isMounted = true;
  const unmount = () => {
    if (!isMounted) return;
    isMounted = false;
    execFileSync('umount', ['--lazy', dir]);
    rmdirSync(dir);
  };
  process.once('exit', unmount);
  return { dir, unmount };
}

/** Starts a server, which keeps its data on that disk. */
async function on<T>(dir: string, start: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = dir;
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

async function moveToNew({ redis }: Service): Promise<void> {
  await redis.handOver(await redis.startReplica());
  await redis.removeFormer();
}

/** Null where a disk cannot be simulated: that takes root on Linux, and the right to mount. */
export function diskFault(): Fault | null {
  const probe = mountDisk();
  if (!probe) return null;
  probe.unmount();
  let disk = probe;
  return {
    name: 'the disk under Redis’s log is full',
    async prepare({ service }) {
      const mounted = mountDisk();
      if (!mounted) throw new Error('a disk could be mounted before, and cannot now');
      disk = mounted;
      await on(disk.dir, () => moveToNew(service));
    },
    async run({ service, random }) {
      const { blocks, bfree, bsize } = statfsSync(disk.dir);
      mount('-o', `remount,size=${(blocks - bfree) * bsize + LEFT_BYTES}`, disk.dir);
      await delay(random.between(2_000, 6_000));
      mount('-o', `remount,size=${ROOM}`, disk.dir);
      return async () => {
        await moveToNew(service);
        disk.unmount();
      };
    },
  };
}
