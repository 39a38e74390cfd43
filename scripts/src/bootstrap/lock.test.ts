import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryLock } from './lock.mjs';

describe('tryLock', () => {
  let dir: string;
  let path: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'inkqueue-lock-'));
    path = join(dir, 'folder/a.lock');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function locked() {
    const lock = tryLock(path);
    if (lock.holder) throw new Error('not free');
    return lock;
  }

  it('is refused while a running process holds it, and free after its release', () => {
    const lock = locked();
    lock.annotate('at work');
    expect(tryLock(path)).toMatchObject({ holder: { pid: process.pid, note: 'at work' } });
    lock.release();
    expect(existsSync(path)).toBe(false);
    expect(tryLock(path).holder).toBeNull();
  });

  it('is taken over from a process that has ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    locked().release();
    writeFileSync(path, JSON.stringify({ pid, started: '1', note: '' }));
    expect(tryLock(path).holder).toBeNull();
  });

  it('is taken over from a process whose pid another one has now', () => {
    locked().release();
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'before the last boot', note: '' }));
    expect(tryLock(path).holder).toBeNull();
  });

  it('is taken over when its content never came', () => {
    locked().release();
    writeFileSync(path, '');
    utimesSync(path, new Date(0), new Date(0));
    expect(tryLock(path).holder).toBeNull();
  });
});
