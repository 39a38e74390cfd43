import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a connection is quiet once all of its responses came. */
const QUIET_MS = 1_500;

/** Opens a connection, for requests that no HTTP client would send. */
export async function openSocket(api: { url: string }): Promise<Socket> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes over a connection of its own and collects what comes back until the connection ends or is quiet. */
export async function sendRaw(api: { url: string }, ...parts: (string | Buffer)[]): Promise<string> {
  const socket = await openSocket(api);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  for (const part of parts) socket.write(part);
  await Promise.race([once(socket, 'close'), delay(QUIET_MS)]);
  socket.destroy();
  return text;
}

/** The statuses of the responses in what came back. */
export const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/** A request up to its body. */
export const head = (headers: Record<string, string | number>, line = 'POST /predict HTTP/1.1') =>
  `${line}\r\n${Object.entries({ Host: 'localhost', ...headers })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n`;
