// Koa servers that open streams of server-sent events, and clients that read them.

import { once } from 'node:events';
import { type ClientRequest, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa, { type Context } from 'koa';
import { afterEach } from 'vitest';
import { type EventStream, openEventStream } from './sse.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A Koa server with one handler, until the end of the test. */
export async function serve(handle: (ctx: Context) => unknown) {
  const app = new Koa();
  const errors: NodeJS.ErrnoException[] = [];
  app.on('error', (error) => errors.push(error));
  app.use(async (ctx) => {
    await handle(ctx);
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/`, errors };
}

/** A server whose handler opens one stream. */
export async function serveStream(options?: { heartbeatMs?: number; retryMs?: number }) {
  const { promise: opened, resolve } = deferred<{ stream: EventStream; ctx: Context }>();
  const server = await serve((ctx) => resolve({ stream: openEventStream(ctx, options), ctx }));
  return { ...server, opened };
}

export async function responseOf(outgoing: ClientRequest): Promise<IncomingMessage> {
  const [response] = await once(outgoing.end(), 'response');
  return response.setEncoding('utf8');
}

/** Reads until the text so far has what is sought. */
export function readUntil(response: IncomingMessage, has: (text: string) => boolean): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error(`the response ended after ${text.slice(-200)}`));
    const onData = (chunk: string) => {
      text += chunk;
      if (!has(text)) return;
      response.off('data', onData).off('end', onEnd).off('error', reject);
      resolve(text);
    };
    response.on('data', onData).on('end', onEnd).on('error', reject);
  });
}

export async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

/** Promise.withResolvers, which Node.js 20 does not have. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
