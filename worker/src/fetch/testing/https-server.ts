import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { generate } from 'selfsigned';

/** A key, and a certificate for names that is its own authority. */
export async function makeCertificate(...names: string[]): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'inkqueue test' }], {
    keyType: 'ec',
    curve: 'P-256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  return { key, cert };
}

/** An https server on a free port of 127.0.0.1, whose answers a test sets. */
export async function startHttpsServer(certificate: { key: string; cert: string }) {
  let answer: RequestListener = (_request, response) => response.end();
  let requests = 0;
  let connected = 0;
  const server = createServer(certificate, (request, response) => {
    requests++;
    answer(request, response);
  });
  server.on('connection', () => connected++);
  // The tests that refuse a certificate break their handshakes.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answerWith(listener: RequestListener) {
      answer = listener;
      requests = 0;
      connected = 0;
    },
    /** Requests since the answer was set. */
    requests: () => requests,
    /** Connections since the answer was set. */
    connected: () => connected,
    /** Connections that are open. */
    connections: () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
