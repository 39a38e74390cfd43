import { setTimeout as delay } from 'node:timers/promises';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { GONE, UNKNOWN } from '../ledger.ts';
import { stateOf } from '../states.ts';
import type { Load } from './way.ts';

const FOLLOW_MS = 150_000;

/** Looks once. @returns whether there is nothing more to learn */
async function look(load: Load, id: string, options: { channel: string; waitS?: number }): Promise<boolean> {
  const { client, ledger } = load;
  const { channel, waitS } = options;
  const reply = await client.send(`/predictions/${id}${waitS ? `?wait=${waitS}` : ''}`);
  if (!reply) return false;
  const state = lookedUp(reply);
  if (state) ledger.observe(id, channel, state);
  return state !== null;
}

/** Polls until a prediction has ended, with pauses or as long polls, for `forMs` at most. */
export async function follow(
  load: Load,
  id: string,
  options: { channel: string; waitS?: number; forMs?: number },
): Promise<void> {
  const deadline = performance.now() + (options.forMs ?? FOLLOW_MS);
  while (performance.now() < deadline) {
    if (await look(load, id, options)) return;
    await delay(options.waitS ? 50 : 1_000);
  }
  load.ledger.leave(id);
}

function lookedUp({ status, text }: { status: number; text: string }) {
  if (status === 410) return GONE;
  if (status === 404) return UNKNOWN;
  if (status !== 200) throw new Error(`GET of a prediction: ${status} ${text}`);
  return stateOf(prediction.parse(JSON.parse(text)));
}
