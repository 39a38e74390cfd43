import { readmeSettings, settingsOf } from '@inkqueue/shared/testing/readme-settings';
import { expect, test } from 'vitest';
import { apiEnv } from './env.ts';

test('the README lists every setting of the api', () => {
  expect(settingsOf(apiEnv)).toMatchObject(readmeSettings('api'));
});
