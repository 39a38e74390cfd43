import { expect, test as plain } from 'vitest';
import { form } from './client.ts';
import type { Running } from './processes.ts';
import { startReceiver } from './receiver.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

export const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
export const SECRET = secretOf(1);
/** Of an api and a webhooks process that deliver to receivers on this machine. */
export const env = { WEBHOOK_SECRET: SECRET, WEBHOOK_ALLOW_PRIVATE: '1', LOG_LEVEL: 'info' };

/** A test with a receiver, and a stack of which it starts what it needs. */
export const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
  .extend('stack', async ({}, { onCleanup }) => {
    const stack = createStack();
    onCleanup(stack.close);
    return stack;
  })
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
  .extend('receiver', async ({}, { onCleanup }) => {
    const receiver = await startReceiver();
    onCleanup(receiver.close);
    return receiver;
  });

/** POST /predictions?webhook=…, whatever the response. */
export const submitTo = (
  api: Pick<Running, 'url'>,
  webhook: string,
  image: Uint8Array,
  headers: HeadersInit = {},
) =>
  fetch(`${api.url}/predictions?webhook=${encodeURIComponent(webhook)}`, {
    method: 'POST',
    body: form(image),
    headers,
  });

/** The same, where it is accepted. @returns the prediction's id */
export async function accepted(
  api: Pick<Running, 'url'>,
  webhook: string,
  image: Uint8Array,
): Promise<string> {
  const response = await submitTo(api, webhook, image);
  expect(response.status).toBe(202);
  return (await response.json()).id;
}

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

export const untilReceived = (receiver: Receiver, count: number, timeoutMs?: number) =>
  until(`${count} deliveries`, () => receiver.received.length >= count, timeoutMs);
export const untilNonePending = (stack: Stack) =>
  until(
    'no delivery is pending',
    async () => (await stack.redis.keys(`${stack.prefix}:webhooks:????????-*`)).length === 0,
  );
