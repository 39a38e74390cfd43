import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import getPort from 'get-port';
import { composeCommand, output, ROOT } from './docker.ts';

const DOWN = ['down', '--volumes', '--rmi', 'local', '--remove-orphans'];

type Service = 'redis' | 'api' | 'worker';

export type ComposeStack = Awaited<ReturnType<typeof createComposeStack>>;

/**
 * docker-compose.yml under a unique project name and port. Nothing is built or started yet.
 *
 * @param env variables of docker-compose.yml
 * @throws UserError when there is no Docker
 */
export async function createComposeStack(env: Record<string, string> = {}) {
  const [program, ...first] = await composeCommand();
  const project = `inkqueue-test-${randomBytes(4).toString('hex')}`;
  const port = await getPort();
  /** Runs docker compose with these arguments. */
  const compose = (...args: string[]) =>
    output([program, ...first, '-p', project, ...args], { ...env, PORT: String(port) });
  return {
    url: `http://127.0.0.1:${port}`,
    compose,
    /** Ids of the containers of a service. */
    containers: async (service: Service) =>
      (await compose('ps', '-q', service)).split('\n').filter((id) => id !== ''),
    /** A field of a container, as a template of docker inspect: `{{.State.Status}}`. */
    inspect: (container: string, template: string) =>
      output(['docker', 'inspect', '--format', template, container]),
    /** Runs a program in a container. */
    exec: (container: string, ...command: string[]) => output(['docker', 'exec', container, ...command]),
    /** Process groups of a container, as this machine numbers them. */
    groups: async (container: string) => {
      const [, ...lines] = (await output(['docker', 'top', container, '-eo', 'pid,pgid'])).split('\n');
      return [...new Set(lines.map((line) => Number(line.trim().split(/\s+/)[1])))];
    },
    /** Removes its containers, volumes, network and images. */
    remove: () => compose(...DOWN),
    /** Does the same while this process exits. */
    removeNow: () => void spawnSync(program, [...first, '-p', project, ...DOWN], { cwd: ROOT }),
  };
}
