import { launch } from '@inkqueue/scripts/launch';
import { expect, onTestFinished, test, vi } from 'vitest';
import { groupsCpuMs, groupsOfTrees } from './usage.ts';

test('a tree of processes has the groups that its members moved to', async () => {
  const script = 'setsid sh -c "while :; do :; done" & wait';
  const launched = launch({ name: 'sh', program: 'sh', args: ['-c', script] });
  onTestFinished(async () => {
    for (const group of groupsOfTrees([launched.pid])) process.kill(-group, 'SIGKILL');
    await launched.ended;
  });
  await vi.waitFor(() => expect(groupsOfTrees([launched.pid])).toHaveLength(2));
  const [own, moved] = groupsOfTrees([launched.pid]);
  expect(own).toBe(launched.pid);
  await vi.waitFor(() => expect(groupsCpuMs([moved!])).toBeGreaterThan(0));
});
