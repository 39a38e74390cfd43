import { expect, it } from 'vitest';
import { IDLE_PREDICTION } from '../state/prediction/tracked-prediction.ts';
import { queued, running } from '../testing/predictions.ts';
import { waitInWords } from './wait-in-words.ts';

it('promises a place in the queue only after the service has accepted the image', () => {
  expect(waitInWords({ ...IDLE_PREDICTION, phase: 'waiting' })).toBe('It is sent when its turn comes.');
  expect(waitInWords({ ...IDLE_PREDICTION, phase: 'sending' })).toBe('Still on its way to the service.');
  const upload = { sent: 250_000, total: 2_000_000 };
  expect(waitInWords({ ...IDLE_PREDICTION, phase: 'sending', upload })).toBe('250 kB of 2 MB sent.');
  const following = { ...IDLE_PREDICTION, phase: 'following', prediction: queued() } as const;
  expect(waitInWords(following)).toBe('Still reading.');
  expect(waitInWords({ ...following, prediction: { ...queued(), queue_position: 7 } })).toBe(
    'Still reading. Your place in the queue is kept.',
  );
  expect(waitInWords({ ...following, prediction: running() })).toBe('Still reading.');
});
