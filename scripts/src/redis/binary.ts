import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['redis-server', 'valkey-server'];

/** Where packages put servers, for shells whose PATH leaves these folders out (launchd, cron, a trimmed container). */
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
  return findProgram(NAMES, [path, ...usualDirs].join(delimiter));
}

/** The first program with one of these names in the folders of a PATH. */
export function findProgram(names: readonly string[], path: string): string | null {
  const dirs = path.split(delimiter).filter((dir) => dir !== '');
  return dirs.flatMap((dir) => names.map((name) => join(dir, name))).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
