import { follow } from './follow.ts';
import { type Body, submit, upload } from './submit.ts';
import type { Way } from './way.ts';

const predictWith = (body: Body, weight: number): Way => ({
  name: `POST /predict (${body})`,
  weight,
  async run(load) {
    const picture = load.anyPicture();
    const accepted = await submit(load, {
      ...{ way: this.name, path: '/predict', picture, init: () => upload(picture, body) },
    });
    if (accepted && !accepted.isEnded) await follow(load, accepted.id, { channel: 'long poll', waitS: 10 });
  },
});

/** The client waits for the response, which has the digit. */
export const predictWays: readonly Way[] = [
  predictWith('form', 12),
  predictWith('raw', 16),
  predictWith('text', 8),
];
