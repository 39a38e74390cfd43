import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { holdsAll } from './install.mjs';

const lockfile = (packages: object) => JSON.stringify({ packages });

describe('holdsAll', () => {
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  it('accepts what the lockfile names, whatever else is there', () => {
    const installed = lockfile({ 'node_modules/a': a, 'node_modules/b': a });
    expect(holdsAll(lockfile({ '': {}, api: {}, 'node_modules/a': a }), installed)).toBe(true);
  });

  it('misses a package, another version, other contents', () => {
    const wanted = lockfile({ 'node_modules/a': a });
    expect(holdsAll(wanted, lockfile({}))).toBe(false);
    expect(holdsAll(wanted, lockfile({ 'node_modules/a': { ...a, version: '1.0.1' } }))).toBe(false);
    expect(holdsAll(wanted, lockfile({ 'node_modules/a': { ...a, integrity: 'sha512-b' } }))).toBe(false);
  });

  it('does without packages for other platforms', () => {
    expect(holdsAll(lockfile({ 'node_modules/a': { ...a, optional: true } }), lockfile({}))).toBe(true);
  });
});

describe('package-lock.json', () => {
  // npm ci refuses a lockfile that was written where a registry lacks the packages of some platform.
  it('names the packages of every platform, so that npm ci works on each', () => {
    const entry = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) });
    const text = readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8');
    const { packages } = z.object({ packages: z.record(z.string(), entry) }).parse(JSON.parse(text));
    const optional = new Set(
      Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies)),
    );
    const named = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
    );
    expect(optional.size).toBeGreaterThan(0);
    expect([...optional].filter((name) => !named.has(name))).toEqual([]);
  });
});
