import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;

/** docker-compose 1 builds through the docker command only when told to, and its own builder is the old one. */
const BUILDKIT = { DOCKER_BUILDKIT: '1', COMPOSE_DOCKER_CLI_BUILD: '1' };

/**
 * Runs a program in the project's folder.
 *
 * @returns its standard output, trimmed
 * @throws with its standard error in the message when it fails
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
 * The compose command of this machine: Docker's plugin, or the docker-compose of old.
 *
 * @throws when no Docker engine answers or neither command is there: then nothing here can be tested
 */
export async function composeCommand(): Promise<[string, ...string[]]> {
  await output(['docker', 'version', '--format', '{{.Server.Version}}']).catch((cause: unknown) => {
    throw new Error('npm run test:compose needs a running Docker engine (try: docker version)', { cause });
  });
  const commands: [string, ...string[]][] = [['docker', 'compose'], ['docker-compose']];
  for (const command of commands) {
    if (await succeeds([...command, 'version'])) return command;
  }
  throw new Error('npm run test:compose needs Docker Compose (try: docker compose version)');
}

const succeeds = (command: [string, ...string[]]) =>
  output(command).then(
    () => true,
    () => false,
  );
