import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemKinds } from '@inkqueue/shared/contracts/problems';
import { readmeRows } from '@inkqueue/shared/testing/readme-settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Example, examplesIn, patternOf } from './api-doc/examples.ts';
import { digitPng, numberPng } from './integration/pictures.ts';
import { createStack, type Stack } from './integration/stack.ts';

const guide = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8');
const examples = examplesIn(guide);

const TOOLS = ['bash', 'curl', 'grep', 'sed', 'base64', 'tr'];
const isRunnable = TOOLS.every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0);
const SHELL_TIMEOUT_MS = 90_000;

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32).toString('base64')}`;

/** Runs the examples one after the other in one shell. @returns what each printed; the last one may have failed */
async function run(folder: string, urls: Record<string, string>) {
  const mark = `--- ${randomUUID()}`;
  const steps = examples.map(({ language, service, code }, at) => {
    if (urls[service] === undefined) throw new Error(`no service is named “${service}”`);
    const step = language === 'js' ? `node ${at}.mjs\n` : code;
    return `API=${urls[service]}\n${step}printf '\\n%s\\n' '${mark}'\n`;
  });
  const files = examples.map(({ code }, at) => writeFile(join(folder, `${at}.mjs`), code));
  await Promise.all([writeFile(join(folder, 'all.sh'), `set -euo pipefail\n${steps.join('')}`), ...files]);
  return new Promise<{ outputs: string[]; errors: string }>((resolve) => {
    const env = { ...process.env, WEBHOOK_SECRET };
    execFile(
      'bash',
      ['all.sh'],
      { cwd: folder, env, timeout: SHELL_TIMEOUT_MS },
      (_error, stdout, stderr) => {
        const outputs = stdout.replaceAll('\r', '').split(mark);
        resolve({ outputs: outputs.map((output) => output.trim()), errors: stderr });
      },
    );
  });
}

describe.skipIf(!isRunnable)(`the examples of docs/api.md, which need ${TOOLS.join(', ')}`, () => {
  let folder: string;
  let served: Stack;
  /** Its images wait for ever. */
  let stopped: Stack;
  let outputs: string[];
  let errors: string;

  beforeAll(async () => {
    served = createStack();
    stopped = createStack();
    folder = await mkdtemp(join(tmpdir(), 'inkqueue-api-doc-'));
    const listed = { LIST_PREDICTIONS: '1' };
    const webhooks = { WEBHOOK_SECRET, WEBHOOK_ALLOW_PRIVATE: '1' };
    const [usual, cache, hooks, idle, full] = await Promise.all([
      served.api(listed),
      served.api({ ...listed, RESULT_CACHE_TTL_SECONDS: '60' }),
      served.api({ ...listed, ...webhooks }),
      stopped.api(listed),
      stopped.api({ ...listed, QUEUE_MAX_COUNT: '1' }),
      served.worker(),
      served.webhooks(webhooks),
      digitPng(7).then((png) => writeFile(join(folder, '7.png'), png)),
      numberPng('42').then((png) => writeFile(join(folder, '42.png'), png)),
      numberPng('142').then((png) => writeFile(join(folder, '142.png'), png)),
      symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules')),
    ]);
    ({ outputs, errors } = await run(folder, {
      '': usual.url,
      cache: cache.url,
      hooks: hooks.url,
      idle: idle.url,
      full: full.url,
    }));
  }, SHELL_TIMEOUT_MS + 30_000);
  afterAll(async () => {
    await Promise.all([served.close(), stopped.close(), rm(folder, { recursive: true })]);
  });

  test.each(examples.map((example, at): [number, number, Example] => [example.line, at, example]))(
    'line %i',
    (_line, at, { expected }) => {
      // What follows the last mark is of an example that failed, or nothing.
      if (at >= outputs.length - 1)
        throw new Error(`It did not run to its end: ${outputs[at] ?? ''}\n${errors}`);
      expect(outputs[at]).toMatch(patternOf(expected));
    },
  );
});

describe('docs/api.md', () => {
  test('names every code with its status and whether it is retryable', () => {
    const rows = guide.matchAll(/^\| (\d{3}) \| (.+?) \| (yes|no) \|/gm);
    const named = [...rows].flatMap(([, status, codes = '', again]) =>
      [...codes.matchAll(/`([\w-]+)`/g)].map(([, code]) => [
        code,
        { status: Number(status), retryable: again === 'yes' },
      ]),
    );
    const kinds = Object.entries(problemKinds).map(([code, { status, retryable }]) => [
      code,
      { status, retryable },
    ]);
    expect(named).toHaveLength(kinds.length);
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(kinds));
  });

  test('names settings that exist, and links to headings that exist', () => {
    const settings = new Set(readmeRows().map(({ name }) => name));
    const named = [...guide.matchAll(/`([A-Z]+_[A-Z_]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !settings.has(name))).toEqual([]);
    const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...guide.matchAll(/\]\(#(.*?)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !headings.includes(anchor!))).toEqual([]);
  });

  test('says what an example prints in words that other output does not match', () => {
    const expected = '{"id":"…","total":2,…}\n7';
    expect('{"id":"a","total":2,"x":1}7\n'.trim()).toMatch(patternOf(expected));
    expect('{"id":"a","total":3,"x":1}\n7').not.toMatch(patternOf(expected));
    expect('{"id":"a","other":"b","total":2}\n7').not.toMatch(patternOf(expected));
    expect('').not.toMatch(patternOf(expected));
  });
});
