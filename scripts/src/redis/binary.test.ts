import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRedisBinary } from './binary.ts';

describe('findRedisBinary', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'inkqueue-binary-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function program(folder: string, name: string, mode = 0o755): string {
    mkdirSync(join(dir, folder), { recursive: true });
    const path = join(dir, folder, name);
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, mode);
    return path;
  }

  it('takes the first folder of the PATH that has one', () => {
    const first = program('a', 'valkey-server');
    program('b', 'redis-server');
    expect(findRedisBinary([join(dir, 'a'), join(dir, 'b')].join(delimiter), [])).toBe(first);
  });

  it('finds it in the usual folders when the PATH has none', () => {
    const usual = program('usual', 'redis-server');
    expect(findRedisBinary('', [join(dir, 'usual')])).toBe(usual);
  });

  it('passes over folders of that name and files that can’t be run', () => {
    mkdirSync(join(dir, 'a/redis-server'), { recursive: true });
    program('b', 'redis-server', 0o644);
    expect(findRedisBinary([join(dir, 'a'), join(dir, 'b'), ''].join(delimiter), [])).toBeNull();
  });
});
