import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep, say, UserError } from './step.mjs';

/** Development packages too, whatever NODE_ENV is: the compilers are among them. */
const OPTIONS = '--include=dev --no-progress --loglevel=error';

/** npm's own record of what it installed. @param {string} root */
const recordPath = (root) => join(root, 'node_modules/.package-lock.json');

/** Whether node_modules holds what package-lock.json names, for this platform. @param {string} root */
export function isInstalled(root) {
  const record = recordPath(root);
  if (!existsSync(record)) return false;
  return holdsAll(readFileSync(join(root, 'package-lock.json'), 'utf8'), readFileSync(record, 'utf8'));
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
 * Installs exactly what package-lock.json names. npm install updates existing packages in place; npm ci removes them all
 * first, also those that a running process uses.
 *
 * @param {string} root
 */
export async function install(root) {
  for (const command of existsSync(recordPath(root)) ? ['install --no-save', 'ci'] : ['ci']) {
    say(`Installing packages (npm ${command})`);
    await runStep(root, `npm ${command} ${OPTIONS}`);
    if (isInstalled(root)) return;
  }
  throw new UserError('npm ci left node_modules incomplete; remove it and try again');
}
