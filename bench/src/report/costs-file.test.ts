import { expect, test } from 'vitest';
import { fitJobCost } from './costs-file.ts';

const point = (picturesPerJob: number, api: number) => ({
  picturesPerJob,
  cpuUs: { api, worker: 0, redis: 0, client: 0 },
});

test('the parts of a cost for each job and for each picture are found again', () => {
  const points = [2, 8, 25].map((n) => point(n, 300 / n + 90));
  const { perJobUs, perPictureUs } = fitJobCost(points, 'api');
  expect(perJobUs).toBeCloseTo(300, 6);
  expect(perPictureUs).toBeCloseTo(90, 6);
});

test('neither part is below zero, however the measurements lie', () => {
  expect(fitJobCost([point(2, 100), point(8, 120)], 'api')).toEqual({ perJobUs: 0, perPictureUs: 110 });
  expect(fitJobCost([point(1, 300), point(8, 1)], 'api').perPictureUs).toBeGreaterThanOrEqual(0);
});
