import { once } from 'node:events';
import type { Server } from 'node:net';
import { UserError } from './user-error.ts';

/**
 * Listens on a port of this machine.
 *
 * @throws UserError when the port or the address can't be used; the message says which and why
 */
export async function listen(server: Server, address: { port: number; host?: string }): Promise<void> {
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw error instanceof Error ? new UserError(error.message, { cause: error }) : error;
  }
}
