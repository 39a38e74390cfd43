import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { digit } from '../../integration/pictures.ts';
import { follow } from '../load/follow.ts';
import { submit, upload } from '../load/submit.ts';
import type { Fault, Target } from './fault.ts';

const MARK = 'inkqueue-poison';

/** Where the mark kills while the file is there; the workers' preload looks at it. */
export function preparePoison() {
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-drill-'));
  const file = join(dir, 'lethal');
  return {
    env: {
      NODE_OPTIONS: `--import "${new URL('../preload/poison.js', import.meta.url)}"`,
      DRILL_POISON: file,
    },
    fault: poison(file),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A picture kills each worker that reads it, fails alone, and is read once it is harmless and the client asks again. */
const poison = (file: string): Fault => ({
  name: 'a picture kills the workers that read it',
  async run(target) {
    const { service, load } = target;
    const bytes = Buffer.concat([await digit(3).jpeg().toBuffer(), Buffer.from(MARK)]);
    const picture = { name: 'poison', bytes, state: 'failed worker-lost', weight: 0 };
    for (const slot of service.workers) slot.doom();
    writeFileSync(file, '');
    try {
      const accepted = await submit(load, {
        ...{ way: 'poison', path: '/predictions', picture, init: () => upload(picture, 'form') },
      });
      if (!accepted) return;
      const { id } = accepted;
      await follow(load, id, { channel: 'poll', forMs: 60_000 });
      rmSync(file, { force: true });
      await readAgain(target, id);
    } finally {
      rmSync(file, { force: true });
      for (const slot of service.workers) slot.pardon();
    }
  },
});

/** POST …/retry, once it has failed. */
async function readAgain({ ledger, load }: Target, id: string): Promise<void> {
  const failed = ledger.entryOf(id).seen.some(({ state }) => state === 'failed worker-lost');
  if (!failed) return ledger.note(id, 'poison that did not fail');
  ledger.allow(id, 'succeeded 3');
  const reply = await load.client.send(`/predictions/${id}/retry`, () => ({ method: 'POST' }));
  if (reply?.status !== 200) return ledger.note(id, `retry: ${reply?.status} ${reply?.text}`);
  ledger.note(id, `retried: ${prediction.parse(JSON.parse(reply.text)).status}`);
  ledger.retried(id);
  await follow(load, id, { channel: 'poll', forMs: 60_000 });
}
