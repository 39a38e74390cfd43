import { spawn } from 'node:child_process';

/** Projects of vitest.config.ts that `npm test` runs: all that need no browser and no Docker. */
const PROJECTS = ['unit', 'integration'];

/** `npm test`: vitest over everything, or over what its arguments choose. Ends with vitest's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  const chosen = args.some((arg) => arg.startsWith('--project'))
    ? []
    : PROJECTS.flatMap((name) => ['--project', name]);
  const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...args], {
    stdio: 'inherit',
    // A NODE_ENV=production of the shell would give tests the production build of React.
    env: { ...process.env, NODE_ENV: 'test' },
  });
  // The terminal's Ctrl-C reaches vitest too, which then takes down its Redis; wait for that.
  process.on('SIGINT', () => {}).on('SIGTERM', () => vitest.kill('SIGTERM'));
  const code = await new Promise<number>((resolve, reject) => {
    vitest.once('error', reject).once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  process.exit(code);
}
