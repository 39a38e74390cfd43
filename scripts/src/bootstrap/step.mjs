import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

/** An error that the person at the terminal can fix: the twin of the class in shared, which may not be compiled yet. */
export class UserError extends Error {
  /** @override */
  name = 'UserError';
}

/** Progress goes to standard error: a program may read a command's output. @param {string} line */
export function say(line) {
  process.stderr.write(`• ${line}\n`);
}

/**
 * Runs one step of the preparation to its end, with its output on this terminal. SIGTERM and SIGINT to this process end
 * the step too.
 *
 * @param {string} root the project's folder
 * @param {string} command a command line; it finds npm beside this Node.js and the programs of installed packages
 * @param {string} folder where in the project it runs
 * @throws {UserError} when it fails; its own output shows why
 */
export async function runStep(root, command, folder = '.') {
  const programs = [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH];
  const child = spawn(command, {
    shell: true,
    cwd: join(root, folder),
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', PATH: programs.join(delimiter) },
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
  if (code !== 0) throw new UserError(`${command} failed, see above`);
}
