import { readmeSettings, settingsOf } from '@inkqueue/shared/testing/readme-settings';
import { expect, test } from 'vitest';
import { workerEnv } from './env.ts';

test('the README lists every setting of the worker', () => {
  expect(settingsOf(workerEnv)).toMatchObject(readmeSettings('worker'));
});
