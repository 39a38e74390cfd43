import { UserError } from '@inkqueue/shared/node/user-error';
import type { LoadGenerator } from '../load/generator.ts';
import type { Image, ImageName } from '../load/images.ts';
import { composeContender } from '../stack/compose.ts';
import { inkqueue, ours } from '../stack/inkqueue.ts';
import { startContenders, stopContenders } from './contenders.ts';
import { type Cell, measureGrid } from './grid.ts';

const WORKERS = 8;
const COMPOSE_WORKERS = 3;

/**
 * `POST /predict` with more workers than most machines have cores, and in the containers of docker-compose.yml, beside two
 * workers.
 *
 * @returns `leftOut` says in words why there are no figures of the containers
 */
export async function measureReplicas(options: {
  images: Record<ImageName, Image>;
  loads: readonly ImageName[];
  connections: readonly number[];
  seconds: number;
  repeats: number;
  generator: LoadGenerator;
  progress: (line: string) => void;
}): Promise<{
  contenders: { name: string; title: string }[];
  cells: Cell[];
  leftOut: string | null;
}> {
  const { progress } = options;
  const many = inkqueue({
    name: `ours-${WORKERS}`,
    title: `Inkqueue, ${WORKERS} workers`,
    workers: WORKERS,
  });
  const started = await startContenders([ours, many]);
  let leftOut: string | null = null;
  try {
    started.push(...(await startContenders([await composeContender(COMPOSE_WORKERS)])));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    leftOut = `\`docker compose up --scale worker=${COMPOSE_WORKERS}\` is left out: ${error.message}.`;
    progress(leftOut);
  }
  try {
    const cells = await measureGrid({ ...options, contenders: started });
    return { contenders: started.map(({ name, title }) => ({ name, title })), cells, leftOut };
  } finally {
    await stopContenders(started);
  }
}
