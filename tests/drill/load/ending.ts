import { setTimeout as delay } from 'node:timers/promises';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { problem } from '@inkqueue/shared/contracts/problems';
import { GONE, UNKNOWN } from '../ledger.ts';
import { stateOf } from '../states.ts';
import { follow } from './follow.ts';
import { submit, upload } from './submit.ts';
import { type Load, orCanceled, type Way } from './way.ts';

async function submitLow(load: Load, options: { way: string; cancelAfter?: string }) {
  const { way, cancelAfter } = options;
  const picture = load.anyPicture();
  const headers = cancelAfter ? { 'cancel-after': cancelAfter } : {};
  const allowed = cancelAfter ? orCanceled(picture.state, 'deadline-passed') : [picture.state];
  const init = () => upload(picture, 'raw', headers);
  return submit(load, { way, path: '/predictions?priority=low', picture, init, allowed });
}

/** POST …/cancel a moment after the acceptance: what the response says is the end. */
const canceling: Way = {
  name: 'POST /predictions, canceled',
  weight: 8,
  async run(load) {
    const { client, ledger } = load;
    const accepted = await submitLow(load, { way: this.name });
    if (!accepted) return;
    const { id } = accepted;
    if (client.random.chance(0.5)) await delay(client.random.between(0, 60));
    ledger.allow(id, 'canceled canceled');
    const reply = await client.send(`/predictions/${id}/cancel`, () => ({ method: 'POST' }));
    if (reply?.status === 200) {
      const state = stateOf(prediction.parse(JSON.parse(reply.text)));
      if (state) return ledger.observe(id, 'cancel', state);
      ledger.note(id, 'the response to its cancel has no end');
    }
    if (reply?.status === 410 || reply?.status === 404)
      return ledger.observe(id, 'cancel', reply.status === 410 ? GONE : UNKNOWN);
    if (reply && reply.status !== 200)
      ledger.note(id, `cancel: ${reply.status} ${problem.parse(JSON.parse(reply.text)).code}`);
    await follow(load, id, { channel: 'poll' });
  },
};

/** DELETE before or after the end. */
const deleting: Way = {
  name: 'POST /predictions, deleted',
  weight: 6,
  async run(load) {
    const { client, ledger } = load;
    const accepted = await submitLow(load, { way: this.name });
    if (!accepted) return;
    const { id } = accepted;
    if (client.random.chance(0.5)) await follow(load, id, { channel: 'long poll', waitS: 5 });
    ledger.allow(id, 'canceled canceled');
    const reply = await client.send(`/predictions/${id}`, () => ({ method: 'DELETE' }));
    if (reply?.status === 204) ledger.deleted(id);
    // The response of an earlier attempt may have been lost.
    else if (reply?.status === 410 && reply.isRepeat) ledger.deleted(id);
    else if (reply?.status === 410) ledger.observe(id, 'delete', GONE);
    else ledger.leave(id);
  },
};

/** A limit on how long it may wait for a worker. */
const limited: Way = {
  name: 'POST /predictions, Cancel-After',
  weight: 5,
  async run(load) {
    const cancelAfter = `${load.client.random.between(20, 2_000)}ms`;
    const accepted = await submitLow(load, { way: this.name, cancelAfter });
    if (accepted) await follow(load, accepted.id, { channel: 'poll' });
  },
};

export const endingWays: readonly Way[] = [canceling, deleting, limited];
