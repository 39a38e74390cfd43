import { beforeEach, expect, test } from 'vitest';
import { createRates, type Rates } from './rates.ts';

let now: number;
let rates: Rates;
beforeEach(() => {
  now = 5_000;
  rates = createRates({ now: () => now });
});

test('a rate is not known before something was counted, nor when nothing was for ten seconds', () => {
  expect(rates.jobsPerSecond()).toBeNull();
  rates.jobStarted();
  expect(rates.jobsPerSecond()).toBe(1);
  expect(rates.predictionsPerSecond()).toBeNull();
  now += 10_999;
  expect(rates.jobsPerSecond()).toBeNull();
});

test('the last ten seconds count, and what came before does not', () => {
  for (let second = 0; second < 30; second++) {
    rates.predictionsFinished(second < 20 ? 1_000 : 50);
    now += 1_000;
  }
  expect(rates.predictionsPerSecond()).toBeCloseTo(45, 0);
});

test('a young process divides by the time that it has lived', () => {
  rates.predictionsFinished(30);
  now += 1_500;
  rates.predictionsFinished(30);
  expect(rates.predictionsPerSecond()).toBeCloseTo(40);
});

test('how fast predictions ended is known after a pause too: they will end again', () => {
  for (let second = 0; second < 5; second++) {
    rates.predictionsFinished(100);
    now += 1_000;
  }
  rates.predictionsFinished(100);
  now += 60_000;
  expect(rates.predictionsPerSecond()).toBeCloseTo(100, 0);
  expect(rates.jobsPerSecond()).toBeNull();
});
