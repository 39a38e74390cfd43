import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digit } from '../integration/pictures.ts';
import { createStack, type Stack } from '../integration/stack.ts';
import { HOME, installSchemathesis } from './install.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const FORMATS = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const;
// A wait ends before Schemathesis gives a request up.
const SETTINGS = {
  FEEDBACK: '1',
  LIST_PREDICTIONS: '1',
  UPLOAD_MAX_BYTES: '100000',
  PREDICT_MAX_WAIT_SECONDS: '5',
};

let program: string;
let pictures: string;

beforeAll(async () => {
  pictures = await mkdtemp(join(tmpdir(), 'inkqueue-pictures-'));
  program = await installSchemathesis();
  const seven = digit(7, { side: 100 });
  await Promise.all(
    FORMATS.map((format) =>
      seven
        .clone()
        .toFormat(format)
        .toFile(join(pictures, `seven.${format}`)),
    ),
  );
});
afterAll(() => rm(pictures, { recursive: true, force: true }));

/** Runs every check of Schemathesis against an api. @throws when one fails, or the api logs an error of its own */
async function check(stack: Stack, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  const api = await stack.api({ ...SETTINGS, ...env });
  const config = join(FOLDER, 'schemathesis.toml');
  const all = ['--config-file', config, 'run', `${api.url}/openapi.json`, '--checks=all', ...args];
  const run = spawn(program, all, {
    cwd: HOME,
    env: {
      ...process.env,
      PYTHONPATH: FOLDER,
      PYTHONDONTWRITEBYTECODE: '1',
      SCHEMATHESIS_PICTURES: pictures,
    },
  });
  for (const output of [run.stdout, run.stderr])
    output.on('data', (chunk: Buffer) => process.stdout.write(chunk.toString()));
  const [code] = await once(run, 'close');
  expect(code).toBe(0);
  expect(api.tail()).toEqual([]);
}

test('with a worker', async () => {
  const stack = createStack();
  try {
    await stack.worker();
    await check(stack, {}, []);
  } finally {
    await stack.close();
  }
});

test('without a worker, where what is submitted waits and can be canceled', async () => {
  const stack = createStack();
  // The events of what waits don't end, and what needs a worker is rightly 503.
  const apart = ['followPrediction', 'followBatch', 'getServing'];
  try {
    await check(stack, { PREDICT_TIMEOUT_MS: '50' }, [
      '--max-examples=100',
      ...apart.map((id) => `--exclude-operation-id=${id}`),
    ]);
  } finally {
    await stack.close();
  }
});
