import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { Candidate } from '../pipeline/reading.ts';
import { createHeavyLane } from './lane.ts';

const memoryMax = 512_000_000;

let page: Buffer;
beforeAll(async () => {
  const digit = `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000">
    <rect width="100%" height="100%" fill="#fff"/><rect x="1400" y="600" width="200" height="1800" fill="#111"/></svg>`;
  page = await sharp(Buffer.from(digit)).png({ compressionLevel: 1 }).toBuffer();
});

/** The ids of the processes that decode for this one: its grandchildren. */
function decoders(): number[] {
  const hosts = childrenOf([process.pid], 'heavy/host.js');
  return childrenOf(hosts, 'heavy/process.js');
}

function childrenOf(parents: readonly number[], program: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = / (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S/, ''))?.[1];
        return (
          parents.includes(Number(parent)) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program)
        );
      } catch {
        // It ended just now.
        return false;
      }
    });
}

test('an image comes to ink in a process of its own, which is gone after it', async () => {
  const { reading, timings } = await createHeavyLane({ memoryMax }).toInk(page);
  expect(reading.lines).toHaveLength(1);
  const [{ pixels, box }, ...others] = reading.lines[0]!.candidates as [Candidate, ...Candidate[]];
  expect(others).toEqual([]);
  expect(pixels).toHaveLength(784);
  // A stroke down the middle.
  expect(pixels[14 * 28 + 14]).toBeGreaterThan(100);
  expect(pixels[14 * 28 + 2]).toBe(0);
  // In pixels of the page.
  expect(Math.abs(box.left - 1400)).toBeLessThan(60);
  expect(Math.abs(box.top + box.height - 2400)).toBeLessThan(60);
  expect(timings.decode_ms).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(decoders()).toEqual([]);
});

test('what the client expects reaches the process, which takes nothing else', async () => {
  const { toInk } = createHeavyLane({ memoryMax });
  expect((await toInk(page, { expect: 'many' })).reading.lines).toHaveLength(1);
  await expect(toInk(page, { expect: 'some' as Expectation })).rejects.toThrow('exit code 1');
});

test('what is wrong with an image comes back as it was said', async () => {
  const { toInk } = createHeavyLane({ memoryMax });
  const blank = sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } });
  await expect(toInk(await blank.png().toBuffer())).rejects.toMatchObject({ code: 'no-ink' });
  await expect(toInk(Buffer.from('no picture'))).rejects.toMatchObject({ code: 'unsupported-format' });
  await expect(createHeavyLane({ memoryMax: 1_000_000 }).toInk(page)).rejects.toMatchObject({
    code: 'too-many-pixels',
    message: expect.stringContaining('1 MB'),
  });
});

test('an image that takes too long is given up, and the next one has its turn', async () => {
  const hasty = createHeavyLane({ memoryMax, timeoutMs: 1 });
  const [first, second] = await Promise.allSettled([hasty.toInk(page), hasty.toInk(page)]);
  for (const each of [first, second]) {
    expect(each).toMatchObject({ status: 'rejected', reason: { code: 'too-many-pixels' } });
  }
});

test.runIf(process.platform === 'linux')(
  'a decoder that crashes costs its image alone, and one runs at a time, with low priority',
  async () => {
    const { toInk } = createHeavyLane({ memoryMax });
    const ends = Promise.allSettled([toInk(page), toInk(page), toInk(page)]);
    await expect.poll(decoders, { timeout: 10_000 }).toHaveLength(1);
    const [first] = decoders();
    const stat = readFileSync(`/proc/${first}/stat`, 'utf8');
    expect(Number(stat.replace(/^.*\) /, '').split(' ')[16])).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
    expect(readFileSync(`/proc/${first}/oom_score_adj`, 'utf8').trim()).toBe('1000');
    process.kill(first!, 'SIGSEGV');
    await expect.poll(() => decoders().filter((pid) => pid !== first).length, { timeout: 10_000 }).toBe(1);
    const [crashed, ...others] = await ends;
    expect(crashed).toMatchObject({
      reason: { code: 'unreadable-image', message: expect.stringContaining('SIGSEGV') },
    });
    expect(others).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  },
);

test.runIf(process.platform === 'linux')('an image is read though its decoder is asked to stop', async () => {
  const { toInk } = createHeavyLane({ memoryMax });
  const ink = toInk(page);
  await expect.poll(decoders, { timeout: 10_000 }).toHaveLength(1);
  process.kill(decoders()[0]!, 'SIGTERM');
  expect((await ink).reading.lines).toHaveLength(1);
});
