import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = new Set(['node_modules', 'dist']);

/**
 * A short text that changes when a file under `paths` is added, removed or written: names, sizes and modification times,
 * which cost milliseconds where contents would cost seconds. Build outputs and packages in between are left out.
 *
 * @param {string} root the folder that `paths` are relative to
 * @param {readonly string[]} paths files and folders; one that is missing counts as empty
 * @returns {string}
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, root, path);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} root @param {string} path */
function addPath(hash, root, path) {
  const full = join(root, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(full).sort()) {
    if (!SKIPPED.has(name)) addPath(hash, root, `${path}/${name}`);
  }
}
