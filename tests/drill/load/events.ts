import { setTimeout as delay } from 'node:timers/promises';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { GONE } from '../ledger.ts';
import { stateOf } from '../states.ts';
import { readStream } from './streams.ts';
import { submit, upload } from './submit.ts';
import type { Load, Way } from './way.ts';

async function followStream({ client, ledger }: Load, id: string): Promise<void> {
  const isLast = (data: unknown) => {
    const state = stateOf(prediction.parse(data));
    if (state) ledger.observe(id, 'events', state);
    return state !== null;
  };
  const how = await readStream({ client, path: `/predictions/${id}/events`, isLast });
  if (how === 'gone') ledger.observe(id, 'events', GONE);
  if (how === 'late') ledger.leave(id);
}

const streaming = (options: {
  name: string;
  weight: number;
  body: 'raw' | 'form';
  pausesMs: number;
}): Way => ({
  name: options.name,
  weight: options.weight,
  async run(load) {
    const picture = load.anyPicture();
    const accepted = await submit(load, {
      ...{ way: this.name, path: '/predictions', picture, init: () => upload(picture, options.body) },
    });
    if (!accepted) return;
    await delay(load.client.random.between(0, options.pausesMs));
    await followStream(load, accepted.id);
  },
});

export const eventWays: readonly Way[] = [
  streaming({ name: 'POST /predictions, events', weight: 10, body: 'raw', pausesMs: 0 }),
  // A client that looks at the stream only after the prediction had time to end.
  streaming({ name: 'POST /predictions, events later', weight: 3, body: 'form', pausesMs: 3_000 }),
];
