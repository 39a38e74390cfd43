import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { Webhook } from 'standardwebhooks';

/** What a receiver got. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Respond = (response: ServerResponse, received: Received) => void;

/** A client's webhook on this machine. It keeps what it gets, and responds as a test wants. */
export async function startReceiver(options: { address?: string; respond?: Respond } = {}) {
  const { address = '127.0.0.1' } = options;
  let respond: Respond = options.respond ?? ((response) => response.writeHead(204).end());
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request;
    const one = { path, headers, body: await text(request) };
    received.push(one);
    respond(response, one);
  });
  await new Promise<void>((listening) => server.listen(0, address, listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${address}:${port}/hook?token=do-not-log-me`,
    received,
    respondWith(next: Respond): void {
      respond = next;
    },
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The prediction in a delivery. @throws WebhookVerificationError where the library of the standard does not accept its signature */
export function verified(secret: string, { headers, body }: Received) {
  return prediction.parse(new Webhook(secret).verify(body, headers as Record<string, string>));
}
