import { createRandom } from '../random.ts';
import { createClock } from './clock.ts';
import { createCores } from './cores.ts';
import type { ImageCosts, SharedCosts } from './costs.ts';
import { createInstallation, type Processes } from './installation.ts';
import { percentile } from './percentiles.ts';
import { createProcess } from './process.ts';

const SECOND_US = 1e6;
/** Share of the time after which the service counts as warm. */
const WARM_UP = 0.2;

/** The clients: either pictures come at a rate, independently of each other, or each of a number of connections sends a picture when it has the result of the one before. */
export type Clients = { picturesPerSecond: number } | { connections: number };

export interface Simulated {
  picturesPerSecond: number;
  picturesPerJob: number;
  /** From the request to the result, in milliseconds. */
  p50: number;
  p99: number;
  /** Share of the time in which a process of each kind works: 1 is as much as it can. */
  busy: { api: number; redis: number; worker: number };
}

/** Runs the service for a while of simulated time. The same for the same seed. */
export function simulate(options: {
  cores: number;
  processes: Processes;
  clients: Clients;
  /** Whether the clients run on the same cores. */
  isClientHere?: boolean;
  costs: ImageCosts;
  shared: SharedCosts;
  seconds: number;
  seed?: number;
}): Simulated {
  const { processes, clients, costs, shared, seconds, isClientHere = false, seed = 1 } = options;
  const clock = createClock();
  const cores = createCores(clock, options.cores);
  const random = createRandom(seed);
  const service = createInstallation({ clock, cores, processes, costs, shared });
  const client = isClientHere ? createProcess(cores) : null;
  const clientUs = costs.client.perPictureUs;
  const times: number[] = [];
  let isWarm = false;

  /** Sends a picture; the client takes its share of work before and after. */
  function send(api: number, ended: () => void): void {
    const from = clock.now();
    const submit = () =>
      service.submit(api, () => {
        const end = () => {
          if (isWarm) times.push((clock.now() - from) / 1000);
          ended();
        };
        if (client) client.do(clientUs / 2, end);
        else end();
      });
    if (client) client.do(clientUs / 2, submit);
    else submit();
  }

  if ('connections' in clients) {
    for (let i = 0; i < clients.connections; i++) {
      const again = (): void => send(i % processes.apis, again);
      again();
    }
  } else {
    const arrive = (): void => {
      send(random.below(processes.apis), () => {});
      clock.after(random.exponential(SECOND_US / clients.picturesPerSecond), arrive);
    };
    arrive();
  }

  const end = seconds * SECOND_US;
  clock.runUntil(WARM_UP * end);
  const before = service.used();
  isWarm = true;
  clock.runUntil(end);
  const after = service.used();
  const measuredUs = (1 - WARM_UP) * end;
  const share = (what: 'api' | 'redis' | 'worker', count: number) =>
    (after[what] - before[what]) / measuredUs / count;
  return {
    picturesPerSecond: (SECOND_US * times.length) / measuredUs,
    picturesPerJob: (after.pictures - before.pictures) / (after.jobs - before.jobs),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    busy: {
      api: share('api', processes.apis),
      redis: share('redis', 1),
      worker: share('worker', processes.workers),
    },
  };
}
