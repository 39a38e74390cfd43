import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, startHttpsServer } from './testing/https-server.ts';
import { createLocalFetcher, expectFailure } from './testing/local-fetcher.ts';

const certificate = await makeCertificate('images.test');
const timeoutMs = 200;

let server: Awaited<ReturnType<typeof startHttpsServer>>;
beforeAll(async () => {
  server = await startHttpsServer(certificate);
});
afterAll(() => server.close());
afterEach(() => expect.poll(server.connections).toBe(0));

async function expectTimeout(
  options: Parameters<typeof createLocalFetcher>[2] = {},
  { port }: { port: number } = server,
): Promise<void> {
  const { fetchImage } = createLocalFetcher({ port }, certificate, { timeoutMs, ...options });
  await expectFailure(fetchImage(`https://images.test:${port}/`), 'fetch-failed', 'within 0.2 seconds');
}

describe('a fetch that takes too long', () => {
  it('fails while a body trickles', async () => {
    server.answerWith((_, response) => {
      const trickle = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(trickle));
    });
    await expectTimeout();
  });

  it('fails while no response comes', async () => {
    server.answerWith(() => {});
    await expectTimeout();
  });

  it('fails while redirects are slow, though each comes in time', async () => {
    server.answerWith((_, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 80);
    });
    await expectTimeout();
  });

  it('fails while a server says nothing to the TLS handshake', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket.resume()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await expectTimeout({}, silent.address() as AddressInfo);
    await expect.poll(() => sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
    silent.close();
  });

  it('fails while the resolver is silent, and does not connect when it answers after all', async () => {
    server.answerWith((_, response) => response.end());
    let answer = (_: { address: string; family: number }[]) => {};
    await expectTimeout({ resolve: () => new Promise((resolve) => (answer = resolve)) });
    answer([{ address: '127.0.0.1', family: 4 }]);
    // A fetch that starts later connects later.
    await createLocalFetcher(server, certificate).fetchImage(`https://images.test:${server.port}/`);
    expect(server.connected()).toBe(1);
  });
});
