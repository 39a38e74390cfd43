import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

describe('fingerprint', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'inkqueue-fingerprint-'));
    for (const dir of ['src/deep', 'src/dist', 'src/node_modules/a'])
      mkdirSync(join(root, dir), { recursive: true });
    writeFileSync(join(root, 'src/deep/a.ts'), 'a');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const take = () => fingerprint(root, ['src', 'tsconfig.json']);

  it('stays the same when nothing changed', () => {
    expect(take()).toBe(take());
  });

  it.each([
    ['a file is added', () => writeFileSync(join(root, 'src/b.ts'), '')],
    ['a file is removed', () => rmSync(join(root, 'src/deep/a.ts'))],
    ['a file changes size', () => writeFileSync(join(root, 'src/deep/a.ts'), 'longer')],
    ['a file is written again', () => utimesSync(join(root, 'src/deep/a.ts'), new Date(0), new Date(0))],
    ['a missing input appears', () => writeFileSync(join(root, 'tsconfig.json'), '{}')],
  ])('changes when %s', (_what, change) => {
    const before = take();
    change();
    expect(take()).not.toBe(before);
  });

  it('leaves out build outputs and packages', () => {
    const before = take();
    writeFileSync(join(root, 'src/dist/a.js'), '');
    writeFileSync(join(root, 'src/node_modules/a/index.js'), '');
    expect(take()).toBe(before);
  });
});
