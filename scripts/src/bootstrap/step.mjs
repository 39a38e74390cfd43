import { spawn } from 'node:child_process';

/** A command of the preparation failed; its own output has said why. */
export class StepFailed extends Error {}

/** Progress goes to stderr: a command's output may be read by a program. @param {string} line */
export function say(line) {
  process.stderr.write(`• ${line}\n`);
}

/**
 * Runs a Node.js program to its end, its output on this terminal. SIGTERM and SIGINT to this process end it as well.
 *
 * @param {string} title what to call it when it fails
 * @param {string} root its working directory
 * @param {readonly string[]} args the program's path and its arguments
 * @param {NodeJS.ProcessEnv} env added to this process's environment
 */
export async function runNode(title, root, args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...process.env, ...env },
  });
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (code !== 0) throw new StepFailed(`${title} failed, see above`);
}
