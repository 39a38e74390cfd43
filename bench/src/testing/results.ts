import type { ImageName } from '../load/images.ts';
import type { Cell } from '../measure/grid.ts';
import type { OpenLoopSample } from '../measure/open-loop/step.ts';
import type { Results } from '../report/results.ts';

/** A cell of the grid whose repeats gave these responses a second. */
export function testCell(contender: string, image: ImageName, rates: readonly number[]): Cell {
  const sample = { seconds: 3, failed: 0, p50: 10, p99: 20, max: 30, cpuUs: 900, foreign: 0.01 };
  const samples = rates.map((rate) => ({ ...sample, rate, answered: rate * 3 }));
  return { image, connections: 32, contender, path: '/predict', samples };
}

export function testStep(changes: Partial<OpenLoopSample> = {}): OpenLoopSample {
  return {
    ...{ rate: 1_000, foreign: 0, due: 3_000, answered: 3_000, failed: 0, backlog: 12 },
    ...{ p50: 5, p99: 50, max: 80, lagP99: 1, isCutShort: false, ...changes },
  };
}

/** A run that measured the grid alone, of two contenders. */
export function testResults(changes: Partial<Results> = {}): Results {
  const none = { openLoop: null, replicas: null, bareLoop: null, batches: null, scaling: null };
  return {
    machine: ['2 cores'],
    method: '3 repeats.',
    images: {
      '28': { title: '28×28 PNG', bytes: 269 },
      '280': { title: '280×280 canvas PNG', bytes: 4_681 },
      phone: { title: '12-MP phone JPEG', bytes: 3_000_000 },
    },
    grid: {
      contenders: [
        { name: 'ours', title: 'Inkqueue, 2 workers' },
        { name: 'peer', title: 'FastAPI & PyTorch' },
      ],
      cells: [
        testCell('ours', '28', [1_900, 2_000, 2_200]),
        testCell('peer', '28', [500, 400, 550]),
        testCell('ours', '280', [80, 90, 100]),
        testCell('peer', '280', [45, 45, 45]),
      ],
    },
    ...{
      ...none,
      costs: null,
      processes: null,
      redis: null,
      memory: null,
      batchMemory: null,
      firstResult: null,
    },
    ...changes,
  };
}
