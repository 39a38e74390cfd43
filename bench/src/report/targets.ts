import type { ImageName } from '../load/images.ts';
import { median } from '../measure/statistics.ts';
import { figure, section, table } from './markdown.ts';
import { findCell, medianOf, type Results, rateRatio } from './results.ts';

interface Target {
  what: string;
  /** null where the run left it out, not finite where there was no response. */
  value: number | null;
  bound: 'at least' | 'at most';
  goal: number;
}

const OURS = 'ours';

/** What the project set out to reach, and what this run measured. */
export function reportTargets(results: Results): string {
  const rows = [...rates(results), ...latencies(results), ...pipeline(results), ...resources(results)]
    .filter((target): target is Target & { value: number } => Number.isFinite(target.value))
    .map(({ what, value, bound, goal }) => {
      const met = bound === 'at least' ? value >= goal : value <= goal;
      return [what, `${bound === 'at least' ? '≥' : '≤'} ${goal}`, figure(value), met ? 'yes' : '**no**'];
    });
  return section('Targets', table(['', 'target', 'measured', 'met'], rows));
}

function rates(results: Results): Target[] {
  const goals: [ImageName, one: number, two: number][] = [
    ['28', 4, 2],
    ['280', 4, 2],
    ['phone', 2, 1.5],
  ];
  return goals.flatMap(([image, one, two]) =>
    [32, 128].flatMap((connections) => {
      const against = (peer: string, goal: number): Target => ({
        what: `${results.images[image].title}, ${connections} connections: responses/s ÷ ${peer}`,
        value: ratio(results, image, connections, peer),
        bound: 'at least',
        goal,
      });
      return [against('fastapi-1', one), against('fastapi-2', two), against('celery', 8)];
    }),
  );
}

function ratio(results: Results, image: ImageName, connections: number, peer: string): number | null {
  const ours = findCell(results.grid, image, connections, OURS);
  const theirs = findCell(results.grid, image, connections, peer);
  return ours && theirs ? rateRatio(ours, theirs) : null;
}

function latencies(results: Results): Target[] {
  return (['28', '280'] as const).flatMap((image): Target[] => {
    const { title } = results.images[image];
    const [alone, peer, busy] = [
      findCell(results.grid, image, 1, OURS),
      findCell(results.grid, image, 1, 'fastapi-1'),
      findCell(results.grid, image, 32, OURS),
    ];
    return [
      {
        what: `${title}, 1 connection: p50 − p50 of fastapi-1, ms`,
        value: alone && peer ? medianOf(alone, ({ p50 }) => p50) - medianOf(peer, ({ p50 }) => p50) : null,
        bound: 'at most',
        goal: 0.7,
      },
      {
        what: `${title}, 32 connections: p99 ÷ p50`,
        value: busy ? medianOf(busy, ({ p99, p50 }) => p99 / p50) : null,
        bound: 'at most',
        goal: 2.5,
      },
    ];
  });
}

function pipeline({ batches, bareLoop, scaling }: Results): Target[] {
  const rateOf = (workers: number) => {
    const point = scaling?.find((at) => at.workers === workers);
    return point ? median(point.rates) : null;
  };
  const [one, eight] = [rateOf(1), rateOf(8)];
  return [
    {
      what: 'batch of 1,000 28×28 PNGs: images/s ÷ the bare loop on all cores',
      value: batches && bareLoop ? median(batches.rates) / bareLoop.allCores : null,
      bound: 'at least',
      goal: 0.6,
    },
    {
      what: 'p99 of /predict while 10,000 images wait ÷ unloaded',
      value: batches ? batches.p99.underBacklog / batches.p99.unloaded : null,
      bound: 'at most',
      goal: 5,
    },
    {
      what: 'jobs/s with 8 sleep-bound workers ÷ 1 worker',
      value: one && eight ? eight / one : null,
      bound: 'at least',
      goal: 7.5,
    },
  ];
}

function resources({ batchMemory, memory, firstResult }: Results): Target[] {
  return [
    {
      what: 'peak memory of the api under 1,000 images of about 1 MB in one request, MB',
      value: batchMemory?.apiPeakMb ?? null,
      bound: 'at most',
      goal: 200,
    },
    {
      what: 'peak memory of a worker in steady state, MB',
      value: memory?.worker.peak ?? null,
      bound: 'at most',
      goal: 250,
    },
    {
      what: 'npm start to first result, everything built, s',
      value: firstResult ? median(firstResult) / 1000 : null,
      bound: 'at most',
      goal: 3,
    },
  ];
}
