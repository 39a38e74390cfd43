import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/dist/port.js';
import type { Upload } from './multipart.ts';
import { launchGroup, stopGroup, waitUntil } from './processes.ts';

const TIMEOUT_MS = 300_000;

/** Milliseconds from `npm start`, all built and with an empty queue, to the first digit. The first start is not counted. */
export async function measureFirstAnswer(options: { upload: Upload; repeats: number }): Promise<number[]> {
  const { upload, repeats } = options;
  const times: number[] = [];
  for (let i = 0; i <= repeats; i++) times.push(await startOnce(upload));
  return times.slice(1);
}

async function startOnce({ body, contentType }: Upload): Promise<number> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-bench-start-'));
  const { REDIS_URL: _given, ...inherited } = process.env;
  const start = performance.now();
  const npm = launchGroup({
    program: 'npm',
    args: ['start'],
    env: { ...inherited, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dir },
  });
  const answered = async () => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/predict`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: new Uint8Array(body),
      });
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch (err) {
      if (err instanceof TypeError) return false;
      throw err;
    }
  };
  await waitUntil(answered, { processes: [npm], timeoutMs: TIMEOUT_MS, what: 'npm start' });
  const milliseconds = performance.now() - start;
  await stopGroup(npm);
  rmSync(dir, { recursive: true, force: true });
  return milliseconds;
}
