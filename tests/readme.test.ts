import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { apiEnv } from '../api/src/env.ts';
import { startEnv } from '../scripts/src/start-env.ts';
import { workerEnv } from '../worker/src/env.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const processes = { 'npm start': startEnv, api: apiEnv, worker: workerEnv };

/** A row for each variable: who reads it, its default, what it is for. */
function configurationTable(): string {
  const rows = new Map<string, { readers: string[]; standard: string; about: string }>();
  for (const [reader, schema] of Object.entries(processes)) {
    for (const [name, setting] of Object.entries<z.ZodType>(schema.shape)) {
      const row = rows.get(name) ?? { readers: [], standard: '', about: setting.description ?? '' };
      row.readers.push(reader);
      row.standard ||= standardOf(name, setting);
      rows.set(name, row);
    }
  }
  const lines = [...rows].map(
    ([name, { readers, standard, about }]) =>
      `| \`${name}\` | ${standard} | ${about} | ${readers.join(', ')} |`,
  );
  return ['| variable | default | what for | read by |', '|---|---|---|---|', ...lines].join('\n');
}

function standardOf(name: string, setting: z.ZodType): string {
  if (name === 'MODEL_DIR') return '`models/mnist-cnn`';
  const parsed = setting.safeParse(undefined);
  return parsed.success && parsed.data !== undefined ? `\`${parsed.data}\`` : '';
}

describe('README', () => {
  it('lists every setting as the processes read it', () => {
    const shown = readme.match(/<!-- configuration -->\n([\s\S]*?)\n<!-- \/configuration -->/)?.[1];
    expect(shown).toBe(configurationTable());
  });

  it('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const contributing = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
    const named = [...`${readme}\n${contributing}`.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !(name! in scripts))).toEqual([]);
  });
});
