import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StartError, say } from '../terminal.ts';
import { findRedisBinary } from './binary.ts';
import { choosePackageManager, type PackageManager, redisAdvice } from './package-manager.ts';

const INSTALL_TIMEOUT_MS = 300_000;

/**
 * The program of a Redis-compatible server: one that is here, else one that the system's package manager installs, where
 * that asks for no password.
 *
 * @throws StartError saying how to get Redis, when there is none and it can't or may not be installed
 */
export async function obtainRedisBinary(options: { path: string; mayInstall: boolean }): Promise<string> {
  const found = findRedisBinary(options.path);
  if (found) return found;

  const isPresent = (program: string) => isOnPath(program, options.path);
  const manager = choosePackageManager(isPresent);
  const isRoot = process.getuid?.() === 0;
  const advice = redisAdvice({ manager, platform: process.platform, isRoot });
  if (!options.mayInstall) {
    throw new StartError(
      `no redis-server was found and INKQUEUE_NO_INSTALL forbids installing it: ${advice}`,
    );
  }
  const prefix = manager && rightsPrefix(manager, { isRoot, isPresent });
  if (!manager || !prefix) throw new StartError(`no redis-server was found: ${advice}`);

  say(`No redis-server was found: installing it (${[...prefix, manager.command].join(' ')})`);
  let lastOutput = '';
  for (const attempt of manager.attempts) {
    const { output } = await run([...prefix, ...attempt]);
    const installed = findRedisBinary(options.path);
    if (installed) return installed;
    lastOutput = output || lastOutput;
  }
  const reason = lastOutput.trim().split('\n').at(-1) ?? '';
  throw new StartError(`${manager.name} could not install redis-server (${reason}): ${advice}`);
}

/** What to put before a command so that it may install, or null when that would ask for a password. */
function rightsPrefix(
  manager: PackageManager,
  { isRoot, isPresent }: { isRoot: boolean; isPresent: (program: string) => boolean },
): string[] | null {
  // Homebrew refuses to run as root.
  if (!manager.asRoot) return isRoot ? null : [];
  if (isRoot) return [];
  if (!isPresent('sudo')) return null;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a program to its end, or to the deadline. Its output is kept, for the reason of a failure. */
function run(command: readonly string[]): Promise<{ output: string }> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', HOMEBREW_NO_AUTO_UPDATE: '1' },
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve({ output }));
  });
}
