import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runNode, StepFailed, say } from './step.mjs';

const STAMP = 'node_modules/.inkqueue-installed';
const INSTALLED = 'node_modules/.package-lock.json';

/**
 * Whether node_modules holds what package-lock.json names, for this platform. The answer is kept in a stamp inside
 * node_modules, so that it goes with it.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(`${process.platform} ${process.arch} ${lock}`).digest('hex');
  const stampPath = join(root, STAMP);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return true;
  // No stamp, but packages may have been installed by hand: npm's own record in node_modules tells.
  const installedPath = join(root, INSTALLED);
  if (!existsSync(installedPath) || !holdsAll(lock, readFileSync(installedPath, 'utf8'))) return false;
  writeFileSync(stampPath, stamp);
  return true;
}

/**
 * Whether every package of a lockfile that this platform needs is in npm's record of what is installed.
 *
 * @param {string} lock text of package-lock.json
 * @param {string} installed text of node_modules/.package-lock.json
 */
export function holdsAll(lock, installed) {
  const present = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(lock).packages).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    // npm leaves optional packages out that are made for another platform.
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * Installs exactly what package-lock.json names. Packages that are there already are brought up to date in place: a clean
 * install would first remove them all, under whatever runs from them.
 *
 * @param {string} root
 */
export async function install(root) {
  if (existsSync(join(root, INSTALLED))) {
    say('Updating packages (npm install): package-lock.json has changed');
    await npm(root, ['install', '--no-save']);
    if (isInstalled(root)) return;
  }
  say('Installing packages (npm ci)');
  await npm(root, ['ci']);
  if (!isInstalled(root))
    throw new StepFailed('npm ci left node_modules incomplete; remove it and try again');
}

/**
 * Development packages too, whatever NODE_ENV says: the compilers are among them.
 *
 * @param {string} root
 * @param {string[]} command
 */
function npm(root, command) {
  const args = [npmProgram(), ...command, '--include=dev', '--no-progress', '--loglevel=error'];
  return runNode(`npm ${command[0]}`, root, args);
}

/** npm's JavaScript: the npm that runs this command, else the one that lies beside Node.js or on the PATH. */
function npmProgram() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js') && existsSync(running)) return running;
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)];
  for (const folder of folders) {
    const candidates = [join(folder, 'npm'), join(folder, 'node_modules/npm/bin/npm-cli.js')];
    for (const candidate of candidates) {
      if (existsSync(candidate) && realpathSync(candidate).endsWith('npm-cli.js'))
        return realpathSync(candidate);
    }
  }
  throw new StepFailed('npm was not found; it comes with Node.js (https://nodejs.org)');
}
