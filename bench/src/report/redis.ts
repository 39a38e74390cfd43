import { fitRedis, type RedisPoint } from '../redis/alone.ts';
import { figure, section, table } from './markdown.ts';

const CORE_US = 1e6;

/** What one Redis does, and what its one thread could do at most. */
export function reportRedis(points: readonly RedisPoint[]): string {
  const rows = points.map((point) => [
    point.name,
    point.image,
    point.fsync,
    figure(point.picturesPerJob),
    figure(point.jobs),
    figure(point.workers),
    figure(point.readers),
    figure(point.share),
    figure(point.jobsPerSecond),
    figure(point.cpuUs),
    figure(CORE_US / point.cpuUs),
    figure((CORE_US * point.picturesPerJob) / point.cpuUs),
    point.readerCpuUs === null ? '' : figure(point.readerCpuUs),
    `${(100 * point.foreign).toFixed(0)} %`,
  ]);
  const { job, wakingUs, reader, readingApi } = fitRedis(points);
  const cost = ({ perJobUs, perPictureUs }: { perJobUs: number; perPictureUs: number }) =>
    `${figure(perJobUs)} µs for each job and ${figure(perPictureUs)} µs for each picture`;
  return section(
    'One Redis alone',
    'Jobs that go through the api’s queue and a worker’s consumer, without HTTP and without a network: what Redis does for each is what it does in service. `CPU` is that of the thread that runs all commands; a whole core of it is what Redis can do at most. `may run` below 1: Redis is halted for the rest of the time, so that it is the bottleneck.',
    table(
      [
        ...[
          'load',
          'image',
          'appendfsync',
          'pictures/job',
          'jobs in the queue',
          'workers',
          'apis',
          'may run',
          'jobs/s',
        ],
        ...[
          'CPU µs/job',
          'jobs/s at a whole core',
          'pictures/s at a whole core',
          'CPU µs/job of a reading api',
        ],
        'others used',
      ],
      rows,
    ),
    [
      `- Redis, 28×28: ${cost(job['28'])}.`,
      `- Redis, 280×280: ${cost(job['280'])}.`,
      `- Redis, for each job that wakes an idle worker: ${figure(wakingUs)} µs more.`,
      `- Redis, for each further api: ${cost(reader)}.`,
      `- Each api, for what others submit: ${cost(readingApi)}.`,
    ].join('\n'),
  );
}
