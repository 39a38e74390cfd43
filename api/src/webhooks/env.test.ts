import { readmeSettings, settingsOf } from '@inkqueue/shared/testing/readme-settings';
import { expect, test } from 'vitest';
import { webhooksEnv } from './env.ts';

test('the README lists every setting of the webhooks process', () => {
  expect(settingsOf(webhooksEnv)).toMatchObject(readmeSettings('webhooks'));
});
