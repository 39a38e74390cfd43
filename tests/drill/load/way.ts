import type { Ledger, State } from '../ledger.ts';
import type { Picture } from '../pictures.ts';
import type { Client } from './client.ts';
import type { SocketFollowers } from './sockets.ts';

/** What every way of submitting gets. */
export interface Load {
  client: Client;
  ledger: Ledger;
  sockets: SocketFollowers;
  /** Any picture; those that the api refuses by themselves only where the way takes many. */
  anyPicture: (options?: { many?: boolean }) => Picture;
}

/** One way of submitting: sends a picture, or some, and follows what was accepted to its end. */
export interface Way {
  name: string;
  /** How often it is taken, against the others. */
  weight: number;
  run: (load: Load) => Promise<void>;
}

/** What a client asks for may come too late: both ends are right then. */
export const orCanceled = (state: State, code = 'canceled'): State[] => [state, `canceled ${code}`];
