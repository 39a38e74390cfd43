import { randomUUID } from 'node:crypto';
import { follow } from './follow.ts';
import { isTaken, submit, upload } from './submit.ts';
import type { Way } from './way.ts';

/** The same request under one Idempotency-Key: after an error, and once more after it was accepted. */
const keyed: Way = {
  name: 'POST /predictions, Idempotency-Key',
  weight: 12,
  async run(load) {
    const { client, ledger } = load;
    const picture = load.anyPicture();
    const headers = { 'idempotency-key': `"${randomUUID()}"` };
    const init = () => upload(picture, 'raw', headers);
    const path = client.random.pick(['/predictions', '/predict']);
    const beganAt = performance.now();
    const first = await submit(load, { way: this.name, path, picture, init });
    if (!first) return;
    if (client.random.chance(0.5)) {
      const again = await submit(load, { way: this.name, path: '/predictions', picture, init });
      if (again && again.id !== first.id && !isTaken(ledger.spans, beganAt))
        ledger.offences.push(`one Idempotency-Key has two predictions, ${first.id} and ${again.id}`);
      if (again && again.id !== first.id) await follow(load, again.id, { channel: 'poll' });
    }
    if (!first.isEnded) await follow(load, first.id, { channel: 'long poll', waitS: 5 });
  },
};

export const keyedWays: readonly Way[] = [keyed];
