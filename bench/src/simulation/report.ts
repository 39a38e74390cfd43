import { figure, table } from '../report/markdown.ts';
import { findCapacity, P99_MAX_MS, redisBoundFrom } from './capacity.ts';
import { checkAgainstMeasured } from './check.ts';
import type { Costs, IMAGES } from './costs.ts';
import type { Processes } from './installation.ts';
import type { Simulated } from './simulate.ts';

const CORES_MAX = 10_000;
/** A shard needs an api and a worker. */
const SHARD_CORES_MIN = 2;
const HOUR_S = 3_600;

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

const coresAtWork = ({ apis, workers }: Processes, busy: Simulated['busy']) =>
  apis * busy.api + workers * busy.worker + busy.redis;

/** The simulation as Markdown: what so many cores do, and how near it comes to what was measured. */
export function reportSimulation(
  { setting, images, ...shared }: Costs,
  asked: { cores: readonly number[]; shards: readonly number[]; image: (typeof IMAGES)[number] },
): string {
  const used = { costs: images[asked.image], shared };
  const shares = asked.cores.flatMap((cores) =>
    asked.shards.filter((shards) => cores / shards >= SHARD_CORES_MIN).map((shards) => ({ cores, shards })),
  );
  const rows = shares.map(({ cores, shards }) => {
    const { processes, at, first } = findCapacity({ ...used, cores: Math.floor(cores / shards) });
    const rate = shards * at.picturesPerSecond;
    return [
      String(cores),
      String(shards),
      `${shards * processes.apis} + ${shards * processes.workers}`,
      figure(rate),
      figure((rate * HOUR_S) / 1e6),
      figure(at.p50),
      figure(at.p99),
      figure(at.picturesPerJob),
      figure(shards * coresAtWork(processes, at.busy)),
      percent(at.busy.api),
      percent(at.busy.redis),
      percent(at.busy.worker),
      first,
    ];
  });
  const from = redisBoundFrom(used, CORES_MAX);
  const checks = checkAgainstMeasured(used).map(({ measured, simulated, error }) => [
    String(measured.connections),
    figure(measured.picturesPerSecond),
    percent(measured.foreign),
    figure(simulated.picturesPerSecond),
    figure(simulated.picturesPerSecond * (1 - measured.foreign)),
    `${error > 0 ? '+' : ''}${percent(error)}`,
    `${figure(measured.p50)}, ${figure(measured.p99)}`,
    `${figure(simulated.p50)}, ${figure(simulated.p99)}`,
    `${figure(measured.picturesPerJob)}, ${figure(simulated.picturesPerJob)}`,
  ]);
  return [
    `Simulated for pictures of ${asked.image}×${asked.image}, with p99 within ${P99_MAX_MS} ms, from costs measured on:`,
    setting.map((line) => `- ${line}`).join('\n'),
    table(
      [
        ...[
          'cores',
          'shards',
          'apis + workers',
          'pictures/s',
          'million/hour',
          'p50 ms',
          'p99 ms',
          'pictures/job',
        ],
        ...['cores at work', 'api busy', 'Redis busy', 'worker busy', 'first to saturate'],
      ],
      rows,
    ),
    from === null
      ? `One Redis is not the bound up to ${CORES_MAX} cores, if all jobs are full.`
      : `If all jobs are full, one Redis is the bound from ${from} cores on.`,
    'What was measured on 2 cores, and the same simulated:',
    table(
      [
        ...[
          'connections',
          'measured /s',
          'others used',
          'simulated /s',
          'for the share left',
          'error',
          'measured p50, p99 ms',
          'simulated p50, p99 ms',
        ],
        'pictures/job, measured, simulated',
      ],
      checks,
    ),
  ].join('\n\n');
}
