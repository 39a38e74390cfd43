import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../port.ts';
import { requireRedis } from './probe.ts';

describe('requireRedis', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serverThatAnswers(reply: (line: string) => string): Promise<string> {
    server = createServer((socket) => {
      socket.on('data', (data) => socket.write(reply(data.toString())));
      socket.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return `redis://:secret@127.0.0.1:${port}`;
  }

  it('accepts a Redis that answers', async () => {
    await expect(requireRedis(process.env.TEST_REDIS_URL ?? '', 2_000)).resolves.toBeUndefined();
  });

  it('says that nothing listens, without the password', async () => {
    const port = await freePort();
    const refused = requireRedis(`redis://:secret@127.0.0.1:${port}`, 2_000);
    await expect(refused).rejects.toThrow(
      `can't use Redis at 127.0.0.1:${port} (REDIS_URL): connect ECONNREFUSED`,
    );
    await expect(refused).rejects.not.toThrow('secret');
  });

  it('gives up on a server that never answers', async () => {
    await expect(requireRedis(await serverThatAnswers(() => ''), 200)).rejects.toThrow(
      'no answer within 0.2 s',
    );
  });

  it('says that another kind of server answers', async () => {
    const url = await serverThatAnswers(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    await expect(requireRedis(url, 2_000)).rejects.toThrow("can't use Redis at");
  });

  it('refuses the wrong password', async () => {
    const url = new URL(process.env.TEST_REDIS_URL ?? '');
    url.username = 'nobody';
    url.password = 'secret';
    const refused = requireRedis(url.href, 2_000);
    await expect(refused).rejects.toThrow('WRONGPASS');
    await expect(refused).rejects.not.toThrow('secret');
  });
});
