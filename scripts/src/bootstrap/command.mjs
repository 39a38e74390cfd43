import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, staleTargets } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { tryLock } from './lock.mjs';
import { StepFailed, say } from './step.mjs';

/** What each command runs, once the project is prepared: a module with `main(args)`, or one that is a program itself. */
const COMMANDS = new Map([
  ['start', 'scripts/dist/start.js'],
  ['test', 'scripts/dist/test.js'],
  ['feedback', 'scripts/dist/feedback.js'],
  ['evaluate', 'models/dist/evaluation/evaluate.js'],
  ['contact-sheet', 'models/dist/evaluation/contact-sheet.js'],
]);

/**
 * Prepares the project (packages, builds), then runs one of its compiled commands.
 *
 * @param {string | undefined} name
 * @param {string[]} args
 */
export async function runCommand(name, args) {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  process.chdir(root);
  const module = COMMANDS.get(name ?? '');
  try {
    if (module === undefined) {
      throw new StepFailed(`say which command to run: ${[...COMMANDS.keys()].join(', ')}`);
    }
    await prepare(root);
  } catch (err) {
    if (!(err instanceof StepFailed)) throw err;
    process.stderr.write(`inkqueue: ${err.message}\n`);
    process.exit(1);
  }
  // A program of its own reads its arguments where it would find them without this one.
  process.argv.splice(1, process.argv.length, join(root, module), ...args);
  const command = await import(pathToFileURL(join(root, module)).href);
  await command.main?.(args);
}

/** One process prepares at a time; the others wait, and then find it done. @param {string} root */
async function prepare(root) {
  if (isPrepared(root)) return;
  let lock = tryLock(join(root, '.cache/prepare.lock'));
  if (lock.holder) say(`Waiting for process ${lock.holder.pid}, which is installing or building`);
  while (lock.holder) {
    await sleep(200);
    lock = tryLock(join(root, '.cache/prepare.lock'));
  }
  const { release } = lock;
  process.once('exit', release);
  try {
    if (!isInstalled(root)) await install(root);
    await build(root);
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} root */
function isPrepared(root) {
  return isInstalled(root) && staleTargets(root).length === 0;
}
