import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHealthServer } from './health-server.ts';

let ready: boolean;
const server = createHealthServer({ isReady: () => ready });
const at = async (path: string) =>
  (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)).status;

beforeEach(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

test('reports readiness at the moment of the request', async () => {
  ready = false;
  expect(await at('/health/ready')).toBe(503);
  ready = true;
  expect(await at('/health/ready')).toBe(200);
});

test('is live whether ready or not', async () => {
  ready = false;
  expect(await at('/health/live')).toBe(200);
});

test('responds 404 to any other path', async () => {
  ready = true;
  expect(await at('/health')).toBe(404);
});
