import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['redis-server', 'valkey-server'];

/** Where packages put servers, for shells whose PATH leaves them out (launchd, cron, a trimmed container). */
const USUAL_DIRS = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/home/linuxbrew/.linuxbrew/bin',
];

/**
 * Finds the program of a Redis-compatible server.
 *
 * @param path a PATH variable; its folders come before the usual ones
 * @returns its full path, or null when there is none
 */
export function findRedisBinary(path: string, usualDirs: readonly string[] = USUAL_DIRS): string | null {
  const dirs = [...path.split(delimiter).filter((dir) => dir !== ''), ...usualDirs];
  for (const dir of dirs) {
    const found = NAMES.map((name) => join(dir, name)).find(isExecutable);
    if (found) return found;
  }
  return null;
}

function isExecutable(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
