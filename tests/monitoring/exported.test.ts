import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, postPredict, predict } from '../integration/client.ts';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { createStack } from '../integration/stack.ts';
import { type Selector, selectorsOf } from './promql.ts';
import { hasPromtool, isExported, NEEDS_PROMTOOL, promtool, shippedExpressions } from './shipped.ts';

/** Labels that Prometheus adds to what it scrapes. */
const OF_PROMETHEUS = new Set(['job', 'instance']);
/** Labels whose values the requests of this test all bring. */
const KNOWN = new Set(['route', 'state', 'outcome']);

const stack = createStack();
/** What Prometheus reads from all processes. */
let text: string;

beforeAll(async () => {
  const [apiPort, workerPort, webhooksPort] = await Promise.all([getPort(), getPort(), getPort()]);
  const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;
  const [api] = await Promise.all([
    stack.api({ METRICS_PORT: String(apiPort), WEBHOOK_SECRET }),
    stack.worker({ METRICS_PORT: String(workerPort) }),
    stack.webhooks({ METRICS_PORT: String(webhooksPort), WEBHOOK_SECRET }),
  ]);
  // One of each: counters with labels show once they have counted.
  await predict(api, await digitPng(7));
  expect((await postPredict(api, form(await blankPage()))).status).toBe(422);
  const texts = await Promise.all([apiPort, workerPort, webhooksPort].map(scrape));
  text = texts.join('\n');
});
afterAll(() => stack.close());

async function scrape(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(response.status).toBe(200);
  return response.text();
}

/** The names under which Prometheus stores what is declared. */
function declared(): Set<string> {
  const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

const samplesOf = (metric: string): string[] =>
  text.split('\n').filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));

/** What a selector asks for that no sample has. */
function missing({ metric, matchers }: Selector): string[] {
  if (!declared().has(metric)) return [metric];
  const samples = samplesOf(metric);
  return matchers
    .filter(({ label }) => !OF_PROMETHEUS.has(label))
    .map(({ label, operator, value }) =>
      operator === '=' && KNOWN.has(label) ? `${label}="${value}"` : `${label}="`,
    )
    .filter((part) => !samples.some((sample) => sample.includes(`{${part}`) || sample.includes(`,${part}`)))
    .map((part) => `${metric}{${part}`);
}

describe('the processes export', () => {
  test.each(shippedExpressions().map(({ of, expression }) => [of, expression]))(
    'what “%s” reads',
    (_, expression) => {
      const selectors = selectorsOf(expression).filter(({ metric }) => isExported(metric));
      expect(selectors.flatMap(missing)).toEqual([]);
    },
  );

  test.skipIf(!hasPromtool)(`names as Prometheus wants them (${NEEDS_PROMTOOL})`, () => {
    const complaints = promtool(['check', 'metrics'], text)?.output.split('\n') ?? [];
    expect(complaints.filter((line) => line.startsWith('inkqueue_'))).toEqual([]);
  });
});
