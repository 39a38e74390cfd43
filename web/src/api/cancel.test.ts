import { expect, it, vi } from 'vitest';
import { queued } from '../testing/predictions.ts';
import { createCancel } from './cancel.ts';

const { id } = queued();

it('cancels a prediction, and a batch, even when the page is left right after', () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
  const cancel = createCancel(fetch);
  cancel('predictions', id);
  cancel('batches', id);
  expect(fetch.mock.calls.map(([path]) => path)).toEqual([
    `../predictions/${id}/cancel`,
    `../batches/${id}/cancel`,
  ]);
  for (const [, init] of fetch.mock.calls) expect(init).toMatchObject({ method: 'POST', keepalive: true });
});

it('ignores that it comes too late, or that no response comes at all', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  createCancel(async () => Response.json({}, { status: 409 }))('predictions', id);
  createCancel(() => Promise.reject(new TypeError('Failed to fetch')))('predictions', id);
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
