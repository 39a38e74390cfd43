import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startOfProcess } from './process-identity.mjs';

/**
 * @typedef {{ pid: number, started: string, note: string }} Holder `note` is free text for whoever finds the lock held.
 * @typedef {{ holder: null, annotate: (note: string) => void, release: () => void }} Held
 * @typedef {{ holder: Holder }} Refused
 */

/** A lock file without readable content younger than this is one that is being written. */
const WRITING_MS = 1_000;

/**
 * Takes a lock file, or tells which running process has it. A lock whose process is gone is taken over.
 *
 * @param {string} path
 * @returns {Held | Refused}
 */
export function tryLock(path) {
  const mine = { pid: process.pid, started: startOfProcess(process.pid) ?? '', note: '' };
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
      return {
        holder: null,
        annotate: (note) => writeFileSync(path, JSON.stringify({ ...mine, note })),
        release: () => rmSync(path, { force: true }),
      };
    } catch (err) {
      if (!(err instanceof Error && 'code' in err && err.code === 'EEXIST')) throw err;
    }
    const holder = readHolder(path);
    if (holder && startOfProcess(holder.pid) === holder.started) return { holder };
    if (holder || isAbandoned(path)) removeStale(path, holder);
  }
}

/** @param {string} path @returns {Holder | null} */
function readHolder(path) {
  try {
    const { pid, started, note } = JSON.parse(readFileSync(path, 'utf8'));
    return { pid: Number(pid), started: String(started), note: String(note) };
  } catch {
    return null;
  }
}

/** @param {string} path */
function isAbandoned(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > WRITING_MS;
}

/**
 * Moves a dead process's lock away. Another process may have done so and locked anew since it was read: then what was
 * moved is a living lock, and it is put back.
 *
 * @param {string} path
 * @param {Holder | null} seen
 */
function removeStale(path, seen) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.pid !== seen?.pid) renameSync(aside, path);
  else rmSync(aside, { force: true });
}
