import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createImageFetcher } from './fetcher.ts';
import { makeCertificate, startHttpsServer } from './testing/https-server.ts';
import { createLocalFetcher, expectFailure, toResolved } from './testing/local-fetcher.ts';

const IMAGE = Buffer.from('the bytes of an image');
const certificate = await makeCertificate('images.test', 'cdn.test', '127.0.0.1');

let server: Awaited<ReturnType<typeof startHttpsServer>>;
beforeAll(async () => {
  server = await startHttpsServer(certificate);
});
afterAll(() => server.close());
afterEach(() => expect.poll(server.connections).toBe(0));

const HOSTS: Record<string, string[]> = {
  'internal.test': ['10.0.0.1'],
  'both.test': ['127.0.0.1', '10.0.0.1'],
};
const resolve = async (host: string) => toResolved(HOSTS[host] ?? ['127.0.0.1']);

const fetchImage = (url: string, options: Parameters<typeof createLocalFetcher>[2] = {}) =>
  createLocalFetcher(server, certificate, { resolve, ...options }).fetchImage(url);

const at = (host: string, path = '/') => `https://${host}:${server.port}${path}`;

const answerWithImage = () => server.answerWith((_, response) => response.end(IMAGE));

/** Redirects `/` to a location; an image is at every other path. */
const redirectTo = (location: string, status = 302) =>
  server.answerWith((request, response) => {
    if (request.url === '/') response.writeHead(status, { location }).end('moved');
    else response.end(IMAGE);
  });

describe('fetchImage', () => {
  it('fetches an image, and tells the server little', async () => {
    let headers = {};
    server.answerWith((request, response) => {
      headers = request.headers;
      response.end(IMAGE);
    });
    expect(await fetchImage(at('images.test', '/a.png?size=1#top'))).toEqual(IMAGE);
    expect(headers).toEqual({
      host: `images.test:${server.port}`,
      'user-agent': 'inkqueue',
      accept: 'image/*',
      'accept-encoding': 'identity',
      connection: 'close',
    });
  });

  it.each([
    ['images.test', 'images.test'],
    ['images.test.', 'images.test'],
    ['127.0.0.1', false],
    ['2130706433', false],
  ])('fetches from the host %s, which TLS calls %s', async (host, servername) => {
    let named: unknown;
    server.answerWith(({ socket }, response) => {
      named = socket instanceof TLSSocket && socket.servername;
      response.end(IMAGE);
    });
    expect(await fetchImage(at(host))).toEqual(IMAGE);
    expect(named).toBe(servername);
  });

  it('tries the next address of a host when one refuses the connection', async () => {
    answerWithImage();
    const addresses = { resolve: async () => toResolved(['::1', '127.0.0.1']), isAllowed: () => true };
    expect(await fetchImage(at('images.test'), addresses)).toEqual(IMAGE);
  });

  it.each([301, 302, 303, 307, 308])('follows a redirect with status %i', async (status) => {
    redirectTo('/moved.png', status);
    expect(await fetchImage(at('images.test'))).toEqual(IMAGE);
  });

  it('follows a redirect to a different host', async () => {
    redirectTo(at('cdn.test', '/moved.png'));
    expect(await fetchImage(at('images.test'))).toEqual(IMAGE);
  });

  it('follows three redirects', async () => {
    server.answerWith((request, response) => {
      const step = Number(request.url!.slice(1));
      if (step === 3) response.end(IMAGE);
      else response.writeHead(302, { location: `/${step + 1}` }).end();
    });
    expect(await fetchImage(at('images.test', '/0'))).toEqual(IMAGE);
  });

  it('gives up on a redirect loop', async () => {
    redirectTo('/');
    await expectFailure(fetchImage(at('images.test')), 'fetch-failed', 'more than 3 times');
    expect(server.requests()).toBe(4);
  });

  it.each(['internal.test', 'both.test', '10.0.0.1', '167772161', '0xa.1', '[::1]', '[::ffff:10.0.0.1]'])(
    'refuses the host %s, and a redirect there',
    async (host) => {
      redirectTo(at(host));
      await expectFailure(fetchImage(at(host)), 'fetch-refused', 'public internet address');
      expect(server.requests()).toBe(0);
      await expectFailure(fetchImage(at('images.test')), 'fetch-refused', 'public internet address');
      expect(server.requests()).toBe(1);
    },
  );

  it.each(['http://images.test/', 'https://images.test/', 'https://user@images.test/', 'file:///etc/passwd'])(
    'refuses the URL %s, and a redirect there',
    async (url) => {
      redirectTo(url);
      await expectFailure(fetchImage(url), 'fetch-refused');
      await expectFailure(fetchImage(at('images.test')), 'fetch-refused', 'redirects');
      expect(server.requests()).toBe(1);
    },
  );

  it('refuses the addresses of its own machine by default', async () => {
    answerWithImage();
    const { port } = server;
    const fetcher = createImageFetcher({ maxBytes: 1000, timeoutMs: 5000, port, ca: certificate.cert });
    await expectFailure(fetcher.fetchImage(at('127.0.0.1')), 'fetch-refused');
    expect(server.requests()).toBe(0);
  });

  describe('when the name server answers differently the second time', () => {
    const rebinding = () => {
      const answers = [['127.0.0.1'], ['10.0.0.1']];
      return async () => toResolved(answers.shift()!);
    };

    it('connects to the address that was checked', async () => {
      answerWithImage();
      expect(await fetchImage(at('images.test'), { resolve: rebinding() })).toEqual(IMAGE);
    });

    it('checks the new address before it follows a redirect to the same host', async () => {
      redirectTo('/moved.png');
      await expectFailure(fetchImage(at('images.test'), { resolve: rebinding() }), 'fetch-refused');
      expect(server.requests()).toBe(1);
    });
  });
});
