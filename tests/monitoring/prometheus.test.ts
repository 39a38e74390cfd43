import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { form, postPredict, predict } from '../integration/client.ts';
import { blankPage, digitPng } from '../integration/pictures.ts';
import type { Running } from '../integration/processes.ts';
import { createStack } from '../integration/stack.ts';
import { until } from '../integration/until.ts';
import { MONITORING, read, shippedExpressions, shippedRules } from './shipped.ts';

const hasPrometheus = spawnSync('prometheus', ['--version']).error === undefined;

/** The parts of Prometheus's HTTP API that the tests read. */
const targets = z.object({
  data: z.object({ activeTargets: z.array(z.object({ scrapePool: z.string(), health: z.string() })) }),
});
const rules = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
      }),
    ),
  }),
});
const alerts = z.object({
  data: z.object({
    alerts: z.array(z.object({ labels: z.object({ alertname: z.string() }), state: z.string() })),
  }),
});
const answer = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z.object({ result: z.array(z.unknown()) }).optional(),
});

/** The shipped configuration with the test's processes in place of what Docker's DNS resolves, scraped each second. */
function configured(ports: Record<string, number>): string {
  const config = parse(read('deploy/monitoring/prometheus.yml'));
  config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  config.rule_files = config.rule_files.map((path: string) => join(MONITORING, path));
  for (const scraped of config.scrape_configs) {
    delete scraped.dns_sd_configs;
    scraped.static_configs = [{ targets: [`127.0.0.1:${ports[scraped.job_name]}`] }];
  }
  return stringify(config);
}

describe.runIf(hasPrometheus)('a real Prometheus (needs Debian’s package prometheus)', () => {
  const stack = createStack();
  let worker: Running;
  let workerPort: number;
  let stop: () => Promise<void>;
  let ask: <T extends z.ZodType>(path: string, schema: T) => Promise<z.infer<T>>;

  beforeAll(async () => {
    const [apiPort, port, webhooksPort, ownPort] = await Promise.all(
      Array.from({ length: 4 }, () => getPort()),
    );
    workerPort = port!;
    const folder = await mkdtemp(join(tmpdir(), 'inkqueue-prometheus-'));
    const ports = { 'inkqueue-api': apiPort!, 'inkqueue-worker': port!, 'inkqueue-webhooks': webhooksPort! };
    await writeFile(join(folder, 'prometheus.yml'), configured(ports));
    const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;
    const [api, first] = await Promise.all([
      stack.api({ METRICS_PORT: String(apiPort), WEBHOOK_SECRET }),
      startWorker(),
      stack.webhooks({ METRICS_PORT: String(webhooksPort), WEBHOOK_SECRET }),
    ]);
    worker = first;
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${ownPort}`,
      ],
      { stdio: 'ignore' },
    );
    stop = async () => {
      prometheus.kill();
      await once(prometheus, 'exit');
      await rm(folder, { recursive: true });
    };
    ask = async (path, schema) =>
      schema.parse(await (await fetch(`http://127.0.0.1:${ownPort}/api/v1/${path}`)).json());
    // Counters with labels show once they have counted.
    await predict(api, await digitPng(7));
    expect((await postPredict(api, form(await blankPage()))).status).toBe(422);
    await until('all processes are scraped', () => healthOf('up'), 20_000);
    await until('the rules are evaluated', () => ruleHealth('ok'), 20_000);
  });
  afterAll(async () => {
    await stop();
    await stack.close();
  });

  const startWorker = () => stack.worker({ METRICS_PORT: String(workerPort) });

  async function healthOf(health: string): Promise<boolean> {
    // Prometheus listens a moment after its start.
    const { data } = await ask('targets', targets).catch(() => ({ data: { activeTargets: [] } }));
    return data.activeTargets.length > 0 && data.activeTargets.every((target) => target.health === health);
  }

  async function ruleHealth(health: string): Promise<boolean> {
    const { data } = await ask('rules', rules);
    return data.groups.flatMap((group) => group.rules).every((rule) => rule.health === health);
  }

  async function active(): Promise<Record<string, string>> {
    const { data } = await ask('alerts', alerts);
    return Object.fromEntries(data.alerts.map(({ labels, state }) => [labels.alertname, state]));
  }

  test('evaluates every shipped rule', async () => {
    const { data } = await ask('rules', rules);
    const names = data.groups.flatMap((group) => group.rules.map(({ name }) => name));
    expect(names.toSorted()).toEqual(
      shippedRules()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  test('has an answer to every panel’s query and every rule’s expression', async () => {
    const failed: string[] = [];
    for (const { of, expression } of shippedExpressions()) {
      const query = expression.replaceAll('$__rate_interval', '1m');
      const { status, error } = await ask(`query?query=${encodeURIComponent(query)}`, answer);
      if (status !== 'success') failed.push(`${of}: ${error}`);
    }
    expect(failed).toEqual([]);
  });

  test('has no alert while all is well, one while no worker is ready, and none again after that', async () => {
    const untilNone = () =>
      until('no alert is left', async () => Object.keys(await active()).length === 0, 20_000);
    // Before the first scrape there is no api.
    await untilNone();
    await worker.stop();
    await until('the alert waits for its minute', async () => 'InkqueueNoWorker' in (await active()), 20_000);
    // One reason, one alert: what follows from it is silent.
    expect(await active()).toEqual({ InkqueueNoWorker: 'pending' });
    await startWorker();
    await untilNone();
  });
});
