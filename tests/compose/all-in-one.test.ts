import { output } from '@inkqueue/scripts/docker';
import { predictResponse } from '@inkqueue/shared/contracts/api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { digitPng } from '../integration/pictures.ts';

const IMAGE = 'inkqueue-test-all-in-one';
const BUILD_MS = 600_000;
const START_MS = 60_000;

const docker = (...args: string[]) => output(['docker', ...args]);
const megabytes = async (image: string) => Number(await docker('inspect', '-f', '{{.Size}}', image)) / 1e6;

describe('docker build . && docker run', () => {
  let container: string;
  let url: string;

  const untilReady = () =>
    vi.waitFor(
      async () => {
        // A container that was stopped gets another port.
        url = `http://${await docker('port', container, '8000/tcp')}`;
        expect((await fetch(`${url}/health/serving`, { signal: AbortSignal.timeout(2_000) })).status).toBe(
          200,
        );
      },
      { timeout: START_MS, interval: 250 },
    );

  async function predict() {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await digitPng(7))]), 'digit.png');
    const response = await fetch(`${url}/predict`, { method: 'POST', body: form });
    return predictResponse.parse(await response.json());
  }

  beforeAll(async () => {
    await docker('build', '--tag', IMAGE, '.');
    container = await docker('run', '--detach', '--publish', '127.0.0.1::8000', '--cap-drop', 'ALL', IMAGE);
    await untilReady();
  }, BUILD_MS);
  afterAll(async () => {
    await docker('rm', '--force', '--volumes', container);
    await docker('image', 'rm', IMAGE);
  });

  it('has Redis, the workers, the api and the page, as an ordinary user', async () => {
    expect((await predict()).predicted_digit).toBe(7);
    expect((await fetch(`${url}/ui/`)).status).toBe(200);
    expect(await docker('exec', container, 'id', '-un')).toBe('node');
  });

  it('stops cleanly, and still has its results when it is started again', async () => {
    const { links, id } = await predict();
    await docker('stop', '--time', '30', container);
    expect(await docker('inspect', '-f', '{{.State.ExitCode}}', container)).toBe('0');
    await docker('start', container);
    await untilReady();
    expect(await (await fetch(url + links.self)).json()).toMatchObject({ id, status: 'succeeded' });
  });

  it('is not larger than its parts', async () => {
    const base = await megabytes('node:24-bookworm-slim');
    expect((await megabytes(IMAGE)) - base).toBeLessThan(230);
  });
});
