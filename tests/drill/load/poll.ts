import { follow } from './follow.ts';
import { submit, upload } from './submit.ts';
import type { Way } from './way.ts';

/** POST /predictions, then a poll each second, as `Retry-After` says. */
const polling: Way = {
  name: 'POST /predictions, polled',
  weight: 10,
  async run(load) {
    const picture = load.anyPicture();
    const body = load.client.random.pick(['form', 'raw', 'text'] as const);
    const accepted = await submit(load, {
      ...{ way: this.name, path: '/predictions', picture, init: () => upload(picture, body) },
    });
    if (accepted) await follow(load, accepted.id, { channel: 'poll' });
  },
};

/** The client goes on; the audit alone looks at the end. */
const leaving: Way = {
  name: 'POST /predictions, not followed',
  weight: 10,
  async run(load) {
    const picture = load.anyPicture();
    const accepted = await submit(load, {
      ...{ way: this.name, path: '/predictions?priority=low', picture, init: () => upload(picture, 'raw') },
    });
    if (accepted) load.ledger.leave(accepted.id);
  },
};

/** The response waits, and long polls go on where it ran out. */
const waiting: Way = {
  name: 'POST /predictions, Prefer: wait',
  weight: 10,
  async run(load) {
    const picture = load.anyPicture();
    const init = () => upload(picture, 'raw', { prefer: `wait=${load.client.random.between(1, 8)}` });
    const accepted = await submit(load, { way: this.name, path: '/predictions', picture, init });
    if (accepted && !accepted.isEnded) await follow(load, accepted.id, { channel: 'long poll', waitS: 5 });
  },
};

export const pollWays: readonly Way[] = [polling, leaving, waiting];
