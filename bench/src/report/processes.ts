import type { ProcessPoint } from '../measure/processes.ts';
import { figure, section, table } from './markdown.ts';

/** What each process costs by the number of requests in flight. */
export function reportProcesses(points: readonly ProcessPoint[]): string {
  const rows = points.map(({ image, connections, cpuUs, foreign, ...point }) => [
    image,
    String(connections),
    ...[point.picturesPerSecond, point.p50, point.p99, point.picturesPerJob].map(figure),
    ...[cpuUs.api, cpuUs.worker, cpuUs.redis, cpuUs.client].map(figure),
    `${(100 * foreign).toFixed(0)} %`,
  ]);
  return section(
    'What each process costs',
    'Microseconds of CPU for one picture, `POST /predict`, 1 api and 2 workers, without a profiler.',
    table(
      [
        ...['image', 'connections', 'pictures/s', 'p50 ms', 'p99 ms', 'pictures/job'],
        ...['api µs', 'workers µs', 'Redis µs', 'load generator µs', 'others used'],
      ],
      rows,
    ),
  );
}
