import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelCard } from '@inkqueue/shared/contracts/model-card';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readModelCard } from './model-card.ts';

const SHIPPED = join(import.meta.dirname, '../../models/mnist-cnn');
const manifest = { name: 'test', version: '1' };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'model-card-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('the shipped model has a card, and figures of how sure it is against how right', async () => {
  const warn = vi.fn();
  const card = await readModelCard({ directory: SHIPPED, manifest, log: { warn } });
  expect(modelCard.parse(JSON.parse(JSON.stringify(card)))).toEqual(card);
  expect(card.card).toMatch(/^# mnist-cnn/);
  const { n, confusion, reliability = [] } = card.sets['mnist-test']!;
  expect(n).toBe(10_000);
  expect(confusion).toHaveLength(10);
  expect(reliability.reduce((sum, bin) => sum + bin.n, 0)).toBeGreaterThan(9_900);
  expect(card.sets.hard?.by_kind['struck-through']).toMatchObject({ n: 40 });
  expect(warn).not.toHaveBeenCalled();
});

test('a folder without either has an empty card', async () => {
  const warn = vi.fn();
  expect(await readModelCard({ directory, manifest, log: { warn } })).toEqual({
    ...manifest,
    card: null,
    sets: {},
  });
  expect(warn).not.toHaveBeenCalled();
});

test.each(['{', '[]', '{"set":{"accuracy":"high"}}'])(
  'an evaluation that is not understood (%s) keeps no worker from its work',
  async (text) => {
    await writeFile(join(directory, 'README.md'), '# Mine');
    await writeFile(join(directory, 'evaluation.json'), text);
    const warn = vi.fn();
    const card = await readModelCard({ directory, manifest, log: { warn } });
    expect(card).toEqual({ ...manifest, card: '# Mine', sets: {} });
    expect(warn).toHaveBeenCalledOnce();
  },
);
