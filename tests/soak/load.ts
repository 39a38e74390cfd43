import { setTimeout as delay } from 'node:timers/promises';
import type { Inputs } from '../fuzz/inputs.ts';
import { createRandom, type Random } from '../fuzz/random.ts';
import { acceptBatch, finishedBatch } from '../integration/batch-client.ts';
import { find, form, postPredict, submit } from '../integration/client.ts';
import type { Pictures } from './pictures.ts';

const CLIENTS = 6;
const BATCH = 20;
const BREAK_OFF_MS = 10;

/** What the load has met: how often each way was gone, how long `POST /predict` of a digit took, and what was wrong. */
export interface Met {
  ways: Map<string, number>;
  milliseconds: number[];
  faults: string[];
}

interface Target {
  api: { url: string };
  pictures: Pictures;
  inputs: Inputs;
  met: Met;
}

type Way = (target: Target, random: Random, index: number) => Promise<void>;

/** @throws Error for a status that is neither the client's fault nor a full service */
function accept({ status }: Response): void {
  if (status >= 500 && status !== 503) throw new Error(`status ${status}`);
}

async function expectText(response: Response, text: string): Promise<void> {
  accept(response);
  if (response.status !== 200) return void (await response.arrayBuffer());
  const result = (await response.json()) as { text: string };
  if (result.text !== text) throw new Error(`${text} was read as ${result.text}`);
}

const WAYS: Record<string, { weight: number; go: Way }> = {
  'a digit as a form': {
    weight: 30,
    async go({ api, pictures, met }, random) {
      const { value, bytes } = random.pick(pictures.digits);
      const start = performance.now();
      await expectText(await postPredict(api, form(bytes)), String(value));
      met.milliseconds.push(performance.now() - start);
    },
  },
  'a digit as JSON': {
    weight: 10,
    async go({ api, pictures }, random) {
      const { value, bytes } = random.pick(pictures.digits);
      const body = JSON.stringify({ image: bytes.toString('base64') });
      await expectText(await postPredict(api, body, { 'content-type': 'application/json' }), String(value));
    },
  },
  'a number, bare, with its preview': {
    weight: 10,
    async go({ api, pictures: { number } }) {
      const headers = { 'content-type': 'image/png' };
      const body = new Uint8Array(number.bytes);
      await expectText(
        await fetch(`${api.url}/predict?preview=true`, { method: 'POST', body, headers }),
        number.text,
      );
    },
  },
  'a mutated picture': {
    weight: 30,
    async go({ api, inputs }, _, index) {
      const response = await postPredict(api, form(inputs.at(index).bytes));
      accept(response);
      await response.arrayBuffer();
    },
  },
  'submitted, waited for, deleted': {
    weight: 8,
    async go({ api, pictures }, random) {
      const { id } = await submit(api, random.pick(pictures.digits).bytes);
      const { status } = await find(api, id, 20);
      if (status === 'failed') throw new Error('a whole picture failed');
      if (random.chance(0.5)) accept(await fetch(`${api.url}/predictions/${id}`, { method: 'DELETE' }));
    },
  },
  'followed by its events': {
    weight: 3,
    async go({ api, pictures }, random) {
      const headers = { accept: 'text/event-stream' };
      const body = form(random.pick(pictures.digits).bytes);
      const response = await fetch(`${api.url}/predictions`, { method: 'POST', body, headers });
      accept(response);
      await response.text();
    },
  },
  canceled: {
    weight: 3,
    async go({ api, pictures }, random) {
      const { id } = await submit(api, random.pick(pictures.digits).bytes);
      accept(await fetch(`${api.url}/predictions/${id}/cancel`, { method: 'POST' }));
    },
  },
  'broken off': {
    weight: 3,
    async go({ api, pictures }, random) {
      const { bytes } = random.pick(pictures.digits);
      const signal = AbortSignal.timeout(BREAK_OFF_MS);
      const sent = fetch(`${api.url}/predict`, { method: 'POST', body: form(bytes), signal });
      await sent
        .then((response) => response.arrayBuffer())
        .catch((error: Error) => {
          if (error.name !== 'TimeoutError') throw error;
        });
    },
  },
  'a batch': {
    weight: 2,
    async go({ api, pictures }, random) {
      const images = Array.from({ length: BATCH }, () => random.pick(pictures.digits).bytes);
      const { id } = await acceptBatch(api, images);
      const { counts } = await finishedBatch(api, id);
      if (counts.failed > 0) throw new Error(`${counts.failed} of a batch failed`);
    },
  },
  'a heavy page': {
    weight: 1,
    async go({ api, pictures }) {
      await expectText(await postPredict(api, form(pictures.heavy)), '4');
    },
  },
};

/** Goes all ways, as often as their weights say and `rate` times a second, until the time is over. */
export async function runLoad(
  target: Target,
  options: { seed: number; rate: number; milliseconds: number },
): Promise<void> {
  const { seed, rate, milliseconds } = options;
  const { met } = target;
  const turns = Object.entries(WAYS).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));
  const start = performance.now();
  let next = 0;
  async function client(): Promise<void> {
    while (performance.now() - start < milliseconds) {
      const index = next++;
      const early = (1_000 * index) / rate - (performance.now() - start);
      if (early > 0) await delay(early);
      const random = createRandom(seed, index);
      const name = random.pick(turns);
      met.ways.set(name, (met.ways.get(name) ?? 0) + 1);
      await WAYS[name]?.go(target, random, index).catch((error: Error) => {
        const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
        met.faults.push(`${name} (${index}): ${error.message}${cause}`);
      });
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client));
}
