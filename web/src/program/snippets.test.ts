import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { snippetsOf } from './snippets.ts';

const run = promisify(execFile);
const CONTENT = 'the bytes of a picture';

let folder: string;
const server = createServer(async (request: IncomingMessage, response) => {
  const body = String(await buffer(request));
  response.end(JSON.stringify({ path: request.url, hasImage: body.includes(CONTENT) }));
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippets-'));
  server.listen(0);
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const command = { curl: 'sh', javascript: 'node', python: 'python3' } as const;

it.each(
  [
    'seven.png',
    'my seven; type=x,y.png',
    `it's "7" & $HOME \`x\`.png`,
    '七—7.jpg',
    'back\\slash.png',
    '-7.png',
  ].flatMap((name) =>
    (['curl', 'javascript', 'python'] as const).map((language) => [language, name] as const),
  ),
)('the %s program sends %s', async (language, name) => {
  await writeFile(join(folder, name), CONTENT);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/digits/predict`;
  const { code, file } = snippetsOf({ name, url }).find((snippet) => snippet.language === language)!;
  const script = file ?? 'predict.sh';
  await writeFile(join(folder, script), code);
  const { stdout } = await run(command[language], [script], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({ path: '/digits/predict', hasImage: true });
});

it('is as short as it can be where the name is plain', () => {
  const [curl] = snippetsOf({ name: 'seven.png', url: 'http://localhost:8000/predict' });
  expect(curl!.code).toBe('curl -F file=@seven.png http://localhost:8000/predict');
});
