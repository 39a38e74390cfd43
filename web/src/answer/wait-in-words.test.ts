import { expect, it } from 'vitest';
import { IDLE_PREDICTION } from '../state/tracked-prediction.ts';
import { queued } from '../testing/predictions.ts';
import { waitInWords } from './wait-in-words.ts';

it('promises a place in the queue only after the service has accepted the image', () => {
  expect(waitInWords({ ...IDLE_PREDICTION, phase: 'waiting' })).toBe('It is sent when its turn comes.');
  expect(waitInWords({ ...IDLE_PREDICTION, phase: 'sending' })).toBe('Still on its way to the service.');
  const following = { ...IDLE_PREDICTION, phase: 'following', prediction: queued() } as const;
  expect(waitInWords(following)).toBe('Still reading. Your place in the queue is kept.');
  expect(waitInWords({ ...following, prediction: { ...queued(), queue_position: 7 } })).toBe(
    'Still reading. Your place in the queue is kept. 7 pictures are ahead of it.',
  );
});
