import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, staleTargets } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { tryLock } from './lock.mjs';
import { say, UserError } from './step.mjs';

/** The program that each command runs once the project is prepared. */
const PROGRAMS = new Map([
  ['start', 'scripts/dist/start.js'],
  ['test', 'scripts/dist/test.js'],
  ['feedback', 'scripts/dist/feedback.js'],
  ['queue', 'scripts/dist/queue.js'],
  ['evaluate', 'models/dist/evaluation/evaluate.js'],
  ['contact-sheet', 'models/dist/evaluation/contact-sheet.js'],
]);

/**
 * Prepares the project (packages, builds), then runs a compiled program in this process.
 *
 * @param {string | undefined} name
 * @param {string[]} args
 */
export async function runCommand(name, args) {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  process.chdir(root);
  try {
    const program = PROGRAMS.get(name ?? '');
    if (program === undefined) throw new UserError(`name a command: ${[...PROGRAMS.keys()].join(', ')}`);
    await prepare(root);
    // The program finds its arguments where it would find them without this one.
    process.argv.splice(1, process.argv.length, join(root, program), ...args);
    await import(pathToFileURL(join(root, program)).href);
  } catch (error) {
    // By name: the program throws the class of shared.
    if (!(error instanceof Error && error.name === 'UserError')) throw error;
    process.stderr.write(`inkqueue: ${error.message.replaceAll('\n', '\ninkqueue: ')}\n`);
    process.exit(1);
  }
}

/** One process prepares at a time; the others wait, and then find everything prepared. @param {string} root */
async function prepare(root) {
  if (isInstalled(root) && staleTargets(root).length === 0) return;
  const path = join(root, '.cache/prepare.lock');
  let lock = tryLock(path);
  if (lock.holder) say(`Waiting for process ${lock.holder.pid}, which is installing or building`);
  for (; lock.holder; lock = tryLock(path)) await delay(200);
  process.once('exit', lock.release);
  if (!isInstalled(root)) await install(root);
  await build(root);
  process.off('exit', lock.release);
  lock.release();
}
