import { type ComposeStack, createComposeStack } from '@inkqueue/scripts/compose-stack';
import { readiness } from '@inkqueue/shared/contracts/api';
import { UserError } from '@inkqueue/shared/node/user-error';
import type { Contender } from './contender.ts';
import { waitUntil } from './processes.ts';

const READY_TIMEOUT_MS = 120_000;

/**
 * This project as `docker compose up --scale worker=N` runs it.
 *
 * @throws UserError when there is no Docker
 */
export async function composeContender(workers: number): Promise<Contender> {
  const stack = await createComposeStack({ LOG_LEVEL: 'error' });
  return {
    name: `compose-${workers}`,
    title: `Inkqueue, docker compose --scale worker=${workers}`,
    paths: ['/predict'],
    async start() {
      // Containers would go on without this process.
      process.once('exit', stack.removeNow);
      try {
        return await start(stack, workers);
      } catch (error) {
        await remove(stack);
        const words = error instanceof Error ? error.message.split('\n').filter(Boolean).at(-1) : error;
        throw new UserError(`docker compose did not start: ${words}`);
      }
    },
  };
}

async function start(stack: ComposeStack, workers: number) {
  await stack.compose('up', '--build', '--detach', '--scale', `worker=${workers}`);
  const [api = '', ...others] = await containersOf(stack);
  // Docker's proxy in front of a published port is a process of the engine: what it uses would count as noise.
  const address = await stack.inspect(api, '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}');
  const url = `http://${address}:8000`;
  const isReady = async () => (await readyWorkers(url)) === workers;
  await waitUntil(isReady, { processes: [], timeoutMs: READY_TIMEOUT_MS, what: 'docker compose' });
  const groups = await Promise.all([api, ...others].map((container) => stack.groups(container)));
  return { url, groups: groups.flat(), stop: () => remove(stack) };
}

async function remove(stack: ComposeStack): Promise<void> {
  await stack.remove();
  process.off('exit', stack.removeNow);
}

/** The api's container comes first. */
async function containersOf(stack: ComposeStack): Promise<string[]> {
  const services = ['api', 'worker', 'redis'] as const;
  return (await Promise.all(services.map((service) => stack.containers(service)))).flat();
}

async function readyWorkers(url: string): Promise<number> {
  try {
    const response = await fetch(`${url}/health/serving`);
    return readiness.parse(await response.json()).workers.ready;
  } catch (error) {
    // The container does not listen yet.
    if (error instanceof TypeError) return 0;
    throw error;
  }
}
