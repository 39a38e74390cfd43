import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '@inkqueue/shared/node/user-error';

const run = promisify(execFile);
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;

/** docker-compose 1 builds with its old builder unless these variables choose the docker command's BuildKit. */
const BUILDKIT = { DOCKER_BUILDKIT: '1', COMPOSE_DOCKER_CLI_BUILD: '1' };

/**
 * Runs a program in the project's folder.
 *
 * @returns its standard output, trimmed
 * @throws Error with the program's standard error in its message, when it fails
 */
export async function output(
  [program, ...args]: readonly [string, ...string[]],
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout } = await run(program, args, {
    cwd: ROOT,
    maxBuffer: OUTPUT_MAX_BYTES,
    env: { ...process.env, ...BUILDKIT, ...env },
  });
  return stdout.trim();
}

/**
 * The compose command of this machine: Docker's plugin, or docker-compose 1.
 *
 * @throws UserError when no Docker engine responds, or neither command is installed
 */
export async function composeCommand(): Promise<[string, ...string[]]> {
  if (!(await succeeds(['docker', 'version', '--format', '{{.Server.Version}}']))) {
    throw new UserError('no Docker engine runs here; start one (try: docker version)');
  }
  const commands: [string, ...string[]][] = [['docker', 'compose'], ['docker-compose']];
  for (const command of commands) {
    if (await succeeds([...command, 'version'])) return command;
  }
  throw new UserError('Docker Compose is missing; install it (try: docker compose version)');
}

const succeeds = (command: [string, ...string[]]) =>
  output(command).then(
    () => true,
    () => false,
  );
