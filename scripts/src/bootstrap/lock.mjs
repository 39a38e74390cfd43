import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startOfProcess } from './process-identity.mjs';

/**
 * @typedef {{ pid: number, started: string, note: unknown }} Holder `note` is what the holder wrote for other processes
 * @typedef {{ holder: null, left: unknown, annotate: (note: unknown) => void, release: () => void }} Held `left` is the
 *   note of an ended process from which the lock was taken over
 * @typedef {{ holder: Holder }} Refused
 */

/**
 * Takes a lock file, or returns the running process that holds it. A lock whose process has ended is taken over.
 *
 * @param {string} path
 * @returns {Held | Refused}
 */
export function tryLock(path) {
  const mine = { pid: process.pid, started: startOfProcess(process.pid) ?? '' };
  mkdirSync(dirname(path), { recursive: true });
  for (let left = null; ; ) {
    try {
      writeFileSync(path, JSON.stringify({ ...mine, note: left }), { flag: 'wx' });
      return {
        holder: null,
        left,
        annotate(note) {
          // Written aside and renamed: a reader never finds half of it.
          writeFileSync(`${path}.new`, JSON.stringify({ ...mine, note }));
          renameSync(`${path}.new`, path);
        },
        release: () => rmSync(path, { force: true }),
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = readLock(path);
    if (holder && startOfProcess(holder.pid) === holder.started) return { holder };
    removeStale(path, holder);
    left = holder?.note ?? left;
  }
}

/** The holder that a lock file names. @param {string} path @returns {Holder | null} null when it has no readable one */
export function readLock(path) {
  try {
    const { pid, started, note } = JSON.parse(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) ? { pid, started: String(started), note } : null;
  } catch {
    return null;
  }
}

/**
 * Moves the lock of an ended process away. Another process may have done so, and taken the lock, since this one read it:
 * then the moved file is a living lock, and goes back.
 *
 * @param {string} path
 * @param {Holder | null} ended
 */
function removeStale(path, ended) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readLock(aside);
  if (moved && moved.pid !== ended?.pid) renameSync(aside, path);
  else rmSync(aside, { force: true });
}
