import { execFile, spawnSync } from 'node:child_process';
import { UserError } from '@inkqueue/shared/node/user-error';
import { say } from '../terminal.ts';
import { findProgram, findRedisBinary } from './binary.ts';
import { choosePackageManager, type PackageManager, redisAdvice } from './package-manager.ts';

const INSTALL_TIMEOUT_MS = 300_000;
const INSTALL_ENV = { DEBIAN_FRONTEND: 'noninteractive', HOMEBREW_NO_AUTO_UPDATE: '1' };

/**
 * The program of a Redis-compatible server: one that is here, else one that the system's package manager installs, where
 * that needs no password.
 *
 * @throws UserError saying how to get Redis, when there is none and it can't or may not be installed
 */
export async function obtainRedisBinary({ mayInstall }: { mayInstall: boolean }): Promise<string> {
  const path = process.env.PATH ?? '';
  const found = findRedisBinary(path);
  if (found) return found;

  const isPresent = (program: string) => findProgram([program], path) !== null;
  const manager = choosePackageManager(isPresent);
  const isRoot = process.getuid?.() === 0;
  const advice = redisAdvice({ manager, platform: process.platform, isRoot });
  if (!mayInstall) {
    throw new UserError(`found no redis-server, and INKQUEUE_NO_INSTALL forbids installing it: ${advice}`);
  }
  const prefix = manager && rightsPrefix(manager, isRoot, isPresent('sudo'));
  if (!manager || prefix === null) throw new UserError(`found no redis-server: ${advice}`);

  say(`Found no redis-server: installing it (${prefix}${manager.command})`);
  let reason = '';
  for (const attempt of manager.attempts) {
    reason = (await lastLine(prefix + attempt)) || reason;
    const installed = findRedisBinary(path);
    if (installed) return installed;
  }
  throw new UserError(`${manager.name} could not install redis-server (${reason}): ${advice}`);
}

/** What to put before a command so that it may install, or null when that would need a password. */
function rightsPrefix(manager: PackageManager, isRoot: boolean, hasSudo: boolean): string | null {
  // Homebrew refuses to run as root.
  if (!manager.asRoot) return isRoot ? null : '';
  if (isRoot) return '';
  return hasSudo && spawnSync('sudo', ['-n', 'true']).status === 0 ? 'sudo -n ' : null;
}

/** Runs a command line to its end, or to the deadline. @returns the last line of its output */
function lastLine(command: string): Promise<string> {
  const [program = '', ...args] = command.split(' ');
  const options = { timeout: INSTALL_TIMEOUT_MS, env: { ...process.env, ...INSTALL_ENV } };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = stdout + stderr || error?.message || '';
      resolve(output.trim().split('\n').at(-1) ?? '');
    });
  });
}
