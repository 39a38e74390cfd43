import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import getPort from 'get-port';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { find, form, postPredict, submit } from './client.ts';
import { blankPage, digitPng } from './pictures.ts';
import { startReceiver } from './receiver.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

const value = z.object({ stringValue: z.string().optional(), intValue: z.coerce.number().optional() });
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: z.array(z.object({ key: z.string(), value })).default([]),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
});
type Span = z.infer<typeof span>;
const traces = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** A collector: takes OTLP in JSON over HTTP. */
let collector: Server;
let spans: Span[];
let stack: Stack;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  spans = [];
  collector = createServer(async (request, response) => {
    const { resourceSpans } = traces.parse(JSON.parse(await text(request)));
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
  const { port } = collector.address() as AddressInfo;
  env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
  };
  stack = createStack();
});
afterEach(async () => {
  await stack.close();
  collector.close();
});

const TRACE = 'a'.repeat(32);
const CLIENT = 'b'.repeat(16);
const traceparent = `00-${TRACE}-${CLIENT}-01`;
const named = (name: string) => spans.filter((each) => each.name === name);
const attribute = (of: Span, key: string) => of.attributes.find((each) => each.key === key)?.value;

test('one trace leads from the client through the api, the queue and the worker’s stages, and the run is linked', async () => {
  const [api] = await Promise.all([stack.api(env), stack.worker(env)]);
  const response = await postPredict(api, form(await digitPng(4)), { traceparent });
  expect(response.status).toBe(200);
  await until(
    'all spans have come',
    () => named('run the network').length > 0 && named('POST /predict').length > 0,
  );

  const [request] = named('POST /predict') as [Span];
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: CLIENT });
  expect(attribute(request, 'http.response.status_code')).toEqual({ intValue: 200 });
  const [wait, read] = [named('wait')[0]!, named('read')[0]!];
  for (const each of [wait, read])
    expect(each).toMatchObject({ traceId: TRACE, parentSpanId: request.spanId });
  const stages = ['decode', 'normalize', 'infer'].map((name) => named(name)[0]!);
  for (const each of stages) {
    expect(each).toMatchObject({ traceId: TRACE, parentSpanId: read.spanId });
    expect(each.startTimeUnixNano).toBeLessThanOrEqual(each.endTimeUnixNano);
  }
  // One after the other, and all within the request but for the rounding of clocks.
  const starts = [request, wait, read].map((each) => each.startTimeUnixNano);
  expect(starts).toEqual(starts.toSorted((a, b) => Number(a - b)));
  expect(stages[0]!.endTimeUnixNano).toBeLessThanOrEqual(stages[1]!.endTimeUnixNano);
  const [run] = named('run the network') as [Span];
  expect(run.traceId).not.toBe(TRACE);
  expect(run.links).toEqual([{ traceId: TRACE, spanId: request.spanId }]);
  expect(attribute(run, 'inkqueue.batch_size')).toEqual({ intValue: 1 });
}, 30_000);

test('durations have the trace of a request as their exemplar', async () => {
  const port = await getPort();
  const [api] = await Promise.all([stack.api({ ...env, METRICS_PORT: String(port) }), stack.worker(env)]);
  expect((await postPredict(api, form(await digitPng(4)), { traceparent })).status).toBe(200);
  const response = await until('the request is counted', async () => {
    const scraped = await fetch(`http://127.0.0.1:${port}/metrics`);
    const body = await scraped.text();
    return body.includes('/predict') && { type: scraped.headers.get('content-type'), body };
  });
  expect(response.type).toContain('application/openmetrics-text');
  expect(response.body).toMatch(
    new RegExp(`request_duration_seconds_bucket.*/predict.* # {trace_id="${TRACE}"}`),
  );
  expect(response.body.trim()).toMatch(/# EOF$/);
});

test('a picture that cannot be read says why, and one that is polled for is in the trace of its submission', async () => {
  const [api] = await Promise.all([stack.api(env), stack.worker(env)]);
  expect((await postPredict(api, form(await blankPage()), { traceparent })).status).toBe(422);
  const { id } = await submit(api, await digitPng(4));
  await find(api, id, 10);
  await until(
    'both are reported',
    () => named('read').length === 2 && named('POST /predictions').length === 1,
  );
  const refused = named('read').find(({ traceId }) => traceId === TRACE)!;
  expect(attribute(refused, 'error.type')).toEqual({ stringValue: 'no-ink' });
  const [submission] = named('POST /predictions') as [Span];
  expect(named('read').find(({ traceId }) => traceId !== TRACE)).toMatchObject({
    traceId: submission.traceId,
    parentSpanId: submission.spanId,
  });
}, 30_000);

test('an unusable traceparent begins a trace anew, and a collector that is away harms nothing', async () => {
  const [api] = await Promise.all([stack.api(env), stack.worker(env)]);
  const image = await digitPng(4);
  await postPredict(api, form(image), { traceparent: '00-zz-yy-01' });
  await until('the request is reported', () => named('POST /predict').length === 1);
  expect(named('POST /predict')[0]).toMatchObject({ parentSpanId: '' });
  collector.closeAllConnections();
  collector.close();
  expect((await postPredict(api, form(image))).status).toBe(200);
}, 30_000);

test('a delivery is in the trace of the request that submitted its picture, and leads on to the receiver', async () => {
  const receiver = await startReceiver();
  const secret = `whsec_${Buffer.alloc(24).toString('base64')}`;
  const hooks = { ...env, WEBHOOK_SECRET: secret, WEBHOOK_ALLOW_PRIVATE: '1' };
  const [api] = await Promise.all([stack.api(hooks), stack.worker(env), stack.webhooks(hooks)]);
  const query = new URLSearchParams({ webhook: receiver.url });
  const body = form(await digitPng(4));
  await fetch(`${api.url}/predictions?${query}`, { method: 'POST', body, headers: { traceparent } });
  await until(
    'it is delivered, and both processes have reported',
    () => named('deliver').length > 0 && named('POST /predictions').length > 0,
  );
  receiver.close();
  const [submission, delivery] = [named('POST /predictions')[0]!, named('deliver')[0]!];
  expect(delivery).toMatchObject({ traceId: TRACE, parentSpanId: submission.spanId });
  expect(attribute(delivery, 'http.response.status_code')).toEqual({ intValue: 204 });
  expect(attribute(delivery, 'server.address')).toEqual({ stringValue: '127.0.0.1' });
  expect(receiver.received[0]?.headers.traceparent).toBe(`00-${TRACE}-${delivery.spanId}-01`);
}, 30_000);
