import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the project, as text. */
export const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');

/**
 * The documents of a file in YAML, JSON or TOML. CloudFormation's tags are passed over: `!Ref Name` becomes `Name`.
 *
 * @throws Error where the file is malformed
 */
// Written by hand for other programs: a test fails where a field is not where it looks for it.
// biome-ignore lint/suspicious/noExplicitAny: the schemas of these files are their platforms'
export function parseDocuments(path: string): any[] {
  const text = read(path);
  if (path.endsWith('.toml')) return [parseToml(text)];
  if (path.endsWith('.json')) return [JSON.parse(text)];
  return parseAllDocuments(text, { logLevel: 'silent' }).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${path}: ${error.message}`);
    return document.toJS();
  });
}
