import { createServer } from 'node:net';
import { StartError } from './terminal.ts';

/** Listens on a port for a moment. @returns the port, chosen by the system when `port` is 0 */
async function probe(port: number, host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host, exclusive: true }, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** A loopback port that nothing listens on right now. */
export function freePort(): Promise<number> {
  return probe(0, '127.0.0.1');
}

/**
 * Makes sure that the api will be able to listen.
 *
 * @throws StartError naming the setting to change
 */
export async function requirePort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  try {
    await probe(port, host);
    // Some systems let a wildcard address and loopback be taken by two programs; requests would reach the other one.
    await probe(port, '127.0.0.1');
  } catch (err) {
    const code = err instanceof Error && 'code' in err ? err.code : null;
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `port ${port} is taken by another program; choose one with PORT=${otherPort(port)} npm start`,
      );
    }
    if (code === 'EACCES') {
      throw new StartError(
        `this user may not listen on port ${port}; choose one above 1023 with PORT=8000 npm start`,
      );
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new StartError(`HOST=${host} is no address of this machine`);
    }
    throw err;
  }
}

function otherPort(port: number): number {
  return port < 65_535 ? port + 1 : port - 1;
}
