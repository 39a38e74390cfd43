import { createServer } from 'node:net';
import { listen } from '@inkqueue/shared/node/listen';
import { UserError } from '@inkqueue/shared/node/user-error';
import getPort, { portNumbers } from 'get-port';

/**
 * Makes sure that the api will be able to listen.
 *
 * @throws UserError naming the setting to change
 */
export async function requirePort(port: number, host: string): Promise<void> {
  // Some systems let two programs take a wildcard address and loopback; requests would reach the other program.
  for (const address of [host, '127.0.0.1']) {
    const server = createServer();
    try {
      await listen(server, { port, host: address });
      await new Promise((resolve) => server.close(resolve));
    } catch (error) {
      throw await explain(error, port, host);
    }
  }
}

async function explain(error: unknown, port: number, host: string): Promise<unknown> {
  const cause = error instanceof UserError ? error.cause : null;
  switch (cause instanceof Error && 'code' in cause && cause.code) {
    case 'EADDRINUSE': {
      const free = await getPort({ port: portNumbers(8_000, 8_999) });
      return new UserError(
        `port ${port} is taken by another program; choose a free one: PORT=${free} npm start`,
      );
    }
    case 'EACCES':
      return new UserError(
        `this user may not listen on port ${port}; choose one above 1023: PORT=8000 npm start`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UserError(`HOST=${host} is not an address of this machine`);
    default:
      return error;
  }
}
