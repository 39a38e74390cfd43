import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificate, startHttpsServer } from './testing/https-server.ts';
import { createLocalFetcher, expectFailure, MAX_BYTES } from './testing/local-fetcher.ts';

const certificate = await makeCertificate('images.test');

let server: Awaited<ReturnType<typeof startHttpsServer>>;
beforeAll(async () => {
  server = await startHttpsServer(certificate);
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllEnvs());
afterEach(() => expect.poll(server.connections).toBe(0));

const fetchImage = (
  options: Parameters<typeof createLocalFetcher>[2] & { host?: string; port?: number } = {},
) => {
  const { host = 'images.test', port = server.port, ...rest } = options;
  return createLocalFetcher({ port }, certificate, rest).fetchImage(`https://${host}:${port}/`);
};

describe('an image that is too large', () => {
  it('fails by its Content-Length, before the body comes', async () => {
    server.answerWith((_, response) => {
      response.writeHead(200, { 'content-length': MAX_BYTES + 1 }).flushHeaders();
    });
    await expectFailure(fetchImage(), 'too-large', '1,000 bytes');
  });

  it('fails at the first byte too many when its length is not known', async () => {
    server.answerWith((_, response) => {
      response.write(Buffer.alloc(MAX_BYTES));
      response.write(Buffer.alloc(1));
    });
    await expectFailure(fetchImage(), 'too-large', '1,000 bytes');
  });

  it('is not one of exactly as many bytes as an image may have', async () => {
    server.answerWith((_, response) => response.end(Buffer.alloc(MAX_BYTES)));
    expect(await fetchImage()).toHaveLength(MAX_BYTES);
  });
});

describe('a response that is no image', () => {
  it.each([304, 404, 500])('fails for its status %i', async (status) => {
    server.answerWith((_, response) => response.writeHead(status).end());
    await expectFailure(fetchImage(), 'fetch-failed', `status ${status}`);
  });

  it('fails for a redirect that leads nowhere', async () => {
    server.answerWith((_, response) => response.writeHead(302).end());
    await expectFailure(fetchImage(), 'fetch-failed', 'status 302');
  });

  it('fails for a Content-Encoding, which may hide any number of bytes', async () => {
    server.answerWith((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('a'));
    await expectFailure(fetchImage(), 'fetch-failed', 'compresses');
  });

  it('takes the Content-Encoding that encodes nothing', async () => {
    server.answerWith((_, response) => response.writeHead(200, { 'content-encoding': 'Identity' }).end('a'));
    expect(await fetchImage()).toEqual(Buffer.from('a'));
  });

  it('fails for a body that is cut off', async () => {
    server.answerWith((_, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('12345', () => response.destroy());
    });
    await expectFailure(fetchImage(), 'fetch-failed', 'too early');
  });

  it.each([
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'SSH-2.0-x\r\n',
  ])('fails for the protocol of %j', async (bytes) => {
    server.answerWith(({ socket }) => socket.end(bytes));
    await expectFailure(fetchImage(), 'fetch-failed', 'connection');
  });
});

describe('a server that cannot be trusted or reached', () => {
  beforeEach(() => server.answerWith((_, response) => response.end('an image')));

  const expectNoConnection = (fetching: Promise<Buffer>) =>
    expectFailure(fetching, 'fetch-failed', 'connection');

  it('fails for a certificate that nobody vouches for', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { cert: ca } = await makeCertificate('images.test');
    await expectNoConnection(fetchImage({ ca }));
  });

  it.each(['other.test', '127.0.0.1'])(
    'fails for a certificate that does not name the host %s',
    async (host) => {
      await expectNoConnection(fetchImage({ host }));
    },
  );

  it('fails when nothing listens', async () => {
    await expectNoConnection(fetchImage({ port: 1 }));
  });

  it('fails for a host that has no address', async () => {
    const noAddress = 'host name of the image URL has no address';
    await expectFailure(fetchImage({ resolve: async () => [] }), 'fetch-failed', noAddress);
    const resolve = () => Promise.reject(new Error('queryA ENOTFOUND images.test'));
    await expectFailure(fetchImage({ resolve }), 'fetch-failed', noAddress);
  });
});
