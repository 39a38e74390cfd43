import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@inkqueue/scripts/launch';
import getPort from 'get-port';
import type { Upload } from '../load/multipart.ts';
import { responds, waitUntil } from '../stack/processes.ts';

const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 30_000;

/** Milliseconds from `npm start`, all built and with an empty queue, to the first digit. The first start is left out. */
export async function measureFirstResult(options: { upload: Upload; repeats: number }): Promise<number[]> {
  const { upload, repeats } = options;
  const times: number[] = [];
  for (let i = 0; i <= repeats; i++) times.push(await startOnce(upload));
  return times.slice(1);
}

async function startOnce({ body, contentType }: Upload): Promise<number> {
  const port = await getPort();
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-bench-start-'));
  const { REDIS_URL: _given, ...inherited } = process.env;
  const env = { ...inherited, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dir };
  const request = {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Uint8Array(body),
  };
  const start = performance.now();
  const npm = launch({ name: 'npm start', program: 'npm', args: ['start'], env });
  await waitUntil(
    () => responds(`http://127.0.0.1:${port}/predict`, request, ({ status }) => status === 200),
    {
      processes: [npm],
      timeoutMs: START_TIMEOUT_MS,
      what: 'npm start',
    },
  );
  const milliseconds = performance.now() - start;
  await npm.stop(STOP_TIMEOUT_MS);
  rmSync(dir, { recursive: true, force: true });
  return milliseconds;
}
