import { readFileSync } from 'node:fs';
import { readmeRows } from '@inkqueue/shared/testing/readme-settings';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('README', () => {
  // Each process's own tests check the rows that name it.
  it('names a process for every setting', () => {
    const readers = readmeRows().flatMap((row) => row.readers);
    expect([...new Set(readers)]).toEqual(['npm start', 'api', 'worker', 'webhooks']);
  });

  it('names each setting once', () => {
    const names = readmeRows().map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('says the figures of the benchmark’s chart', () => {
    const [, words] = /<title>(.+)<\/title>/.exec(read('bench/results.svg')) ?? [];
    expect(read('README.md')).toContain(`<img src="bench/results.svg" width="100%" alt="${words}">`);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...`${read('README.md')}\n${read('CONTRIBUTING.md')}`.matchAll(/npm run ([\w:-]+)/g)].map(
      ([, name]) => name!,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
