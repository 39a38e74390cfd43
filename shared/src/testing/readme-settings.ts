import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

/** A setting in the README, for one of the processes that read it. */
export interface Setting {
  name: string;
  /** As text; null for none. */
  default: string | null;
  /** Present for the process that the row names first: the row has its words. */
  about?: string;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ROW = /^\| `(\w+)` \| (.*) \| (.*) \| (.*) \|$/gm;

/** Rows of the README's table of settings. */
export function readmeRows(): { name: string; defaults: string; about: string; readers: string[] }[] {
  const readme = readFileSync(`${ROOT}/README.md`, 'utf8');
  const table = readme.match(/<!-- configuration -->\n([\s\S]*?)\n<!-- \/configuration -->/)?.[1] ?? '';
  return [...table.matchAll(ROW)].map(([, name = '', defaults = '', about = '', readers = '']) => ({
    name,
    defaults,
    about,
    readers: readers.split(', '),
  }));
}

/** The settings of a process according to the README, sorted by name. */
export function readmeSettings(reader: string): Setting[] {
  return readmeRows()
    .filter(({ readers }) => readers.includes(reader))
    .map(({ name, defaults, about, readers }) => ({
      name,
      default: defaultFor(reader, defaults),
      ...(readers[0] === reader ? { about } : {}),
    }))
    .sort(byName);
}

/** The settings that a process reads, sorted by name. */
export function settingsOf(schema: z.ZodObject): Required<Setting>[] {
  return Object.entries<z.ZodType>(schema.shape)
    .map(([name, setting]) => {
      const { data } = setting.safeParse(undefined);
      const text = data === undefined ? null : String(data);
      return { name, default: text?.replace(ROOT, '') || null, about: setting.description ?? '' };
    })
    .sort(byName);
}

/** Defaults look like `1`, or like `1` (api), `2` (worker) where processes differ. */
function defaultFor(reader: string, defaults: string): string | null {
  for (const [, value = '', readers] of defaults.matchAll(/`([^`]+)`(?: \(([^)]+)\))?/g)) {
    if (!readers || readers.split(', ').includes(reader)) return value;
  }
  return null;
}

function byName(a: Setting, b: Setting): number {
  return a.name < b.name ? -1 : 1;
}
