import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { type OpenPage, reopen, test } from './fixtures.ts';
import { faultsBySize, layoutFaults, ON_PICTURES } from './layout-faults.ts';
import { SCREENS } from './screens.ts';
import { STATES } from './states.ts';

const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));

async function reachIn(open: OpenPage, name: string, options: Parameters<OpenPage>[0]): Promise<Page> {
  const { reach, expectErrors } = STATES[name]!;
  const page = await open({ ...options, ...(expectErrors && { expectErrors }) });
  await reach(page);
  return page;
}

describe('axe finds nothing in light and dark, and at every size nothing overlaps, is cut off, or lies beyond its frame, in', () => {
  test.for(Object.keys(STATES))('%s', async (name, { open }) => {
    const page = await reachIn(open, name, { reducedMotion: 'reduce' });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    const found = await faultsBySize(
      SCREENS,
      (width, height) => page.setViewportSize({ width, height }),
      () => page.evaluate(layoutFaults, ON_PICTURES),
    );
    expect(found).toEqual({});
  });
});

test('a socket that is cut while the network stays is replaced by polling, and connected again', async ({
  open,
}) => {
  const page = await open({ expectErrors: /WebSocket/ });
  let cut = false;
  let connections = 0;
  const sockets = new Set<{ close: () => void }>();
  await reopen(page, () =>
    page.routeWebSocket(/socket\.io/, (socket) => {
      if (cut) return void socket.close();
      connections += 1;
      sockets.add(socket);
      socket.connectToServer();
    }),
  );
  await drawDigit(page, 3);
  await readAs(page, 3).waitFor();
  await expect.poll(() => connections).toBe(1);
  cut = true;
  for (const socket of sockets) socket.close();
  await page.getByRole('button', { name: 'Clear' }).click();
  const polled = page.waitForRequest(/\/predictions\/.*\?wait=/);
  await drawDigit(page, 7);
  await polled;
  await readAs(page, 7).waitFor();
  cut = false;
  await expect.poll(() => connections, { timeout: 30_000 }).toBe(2);
  await page.getByRole('button', { name: 'Clear' }).click();
  await drawDigit(page, 8);
  await readAs(page, 8).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
