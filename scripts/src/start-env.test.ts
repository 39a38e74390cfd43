import { parseEnv } from '@inkqueue/shared/node/env';
import { UserError } from '@inkqueue/shared/node/user-error';
import { readmeSettings, settingsOf } from '@inkqueue/shared/testing/readme-settings';
import { describe, expect, it } from 'vitest';
import { startEnv } from './start-env.ts';

describe('startEnv', () => {
  it('is listed whole in the README', () => {
    expect(settingsOf(startEnv)).toMatchObject(readmeSettings('npm start'));
  });

  it('starts two workers and a private Redis on port 8000 when nothing is set', () => {
    expect(parseEnv(startEnv, {})).toMatchObject({
      PORT: 8_000,
      WORKERS: 2,
      DATA_DIR: '.data',
      INKQUEUE_NO_INSTALL: false,
    });
    expect(parseEnv(startEnv, {}).REDIS_URL).toBeUndefined();
  });

  it('treats an empty variable as unset', () => {
    expect(parseEnv(startEnv, { PORT: '', REDIS_URL: '' })).toMatchObject({ PORT: 8_000 });
  });

  it('reports all problems together, without the values, which may hold a password', () => {
    const malformed = {
      PORT: 'eighty',
      WORKERS: '0',
      REDIS_URL: 'http://:secret@host',
      INKQUEUE_NO_INSTALL: 'perhaps',
    };
    expect(() => parseEnv(startEnv, malformed)).toThrow(UserError);
    const message = messageOf(() => parseEnv(startEnv, malformed));
    for (const name of Object.keys(malformed)) expect(message).toContain(`${name}: `);
    expect(message).not.toContain('secret');
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}
