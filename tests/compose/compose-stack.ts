import { randomBytes } from 'node:crypto';
import getPort from 'get-port';
import { composeCommand, output } from './docker.ts';

export type Service = 'redis' | 'api' | 'worker';

/** docker-compose.yml, running under a project name and port of its own. */
export interface ComposeStack {
  url: string;
  /** Runs docker compose with these arguments. */
  compose: (...args: string[]) => Promise<string>;
  /** Ids of the containers of a service. */
  containers: (service: Service) => Promise<string[]>;
  /** A field of a container, as a template of docker inspect: `{{.State.Status}}`. */
  inspect: (container: string, template: string) => Promise<string>;
  /** Runs a program in a container. */
  exec: (container: string, ...command: string[]) => Promise<string>;
  /** Removes its containers, volumes, network and images. */
  remove: () => Promise<string>;
}

/** Prepares a stack; nothing is built or started yet. */
export async function composeStack(): Promise<ComposeStack> {
  const [program, ...first] = await composeCommand();
  const project = `inkqueue-test-${randomBytes(4).toString('hex')}`;
  const port = await getPort();
  const compose = (...args: string[]) =>
    output([program, ...first, '-p', project, ...args], { PORT: String(port) });
  return {
    url: `http://127.0.0.1:${port}`,
    compose,
    containers: async (service) => (await compose('ps', '-q', service)).split('\n').filter((id) => id !== ''),
    inspect: (container, template) => output(['docker', 'inspect', '--format', template, container]),
    exec: (container, ...command) => output(['docker', 'exec', container, ...command]),
    remove: () => compose('down', '--volumes', '--rmi', 'local', '--remove-orphans'),
  };
}
