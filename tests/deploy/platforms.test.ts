import { existsSync } from 'node:fs';
import { settingsOf } from '@inkqueue/shared/testing/readme-settings';
import { describe, expect, it } from 'vitest';
import { apiEnv } from '../../api/src/env.ts';
import { webhooksEnv } from '../../api/src/webhooks/env.ts';
import { workerEnv } from '../../worker/src/env.ts';
import { parseDocuments, ROOT, read } from './files.ts';
import { deployedProcesses } from './processes.ts';

const SCHEMAS = { api: apiEnv, worker: workerEnv, webhooks: webhooksEnv };

/** Values that a platform fills in, where the schema requires a form. */
const FILLED_IN: Record<string, string> = {
  REDIS_URL: 'redis://redis:6379',
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(24).toString('base64')}`,
};

describe.each(deployedProcesses())('$where', ({ role, env, graceSeconds, port }) => {
  const given = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value ?? FILLED_IN[name]]),
  );

  it('names only settings that the process reads', () => {
    const known = settingsOf(SCHEMAS[role]).map(({ name }) => name);
    expect(Object.keys(env).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('gives each setting a value that the process takes', () => {
    expect(SCHEMAS[role].safeParse(given).error?.issues ?? []).toEqual([]);
  });

  it('leaves the process the time that it may take to stop', () => {
    const settings = SCHEMAS[role].parse(given);
    const drainMs = 'DRAIN_MS' in settings ? settings.DRAIN_MS : 0;
    if (graceSeconds !== null)
      expect(graceSeconds * 1_000).toBeGreaterThan(settings.SHUTDOWN_TIMEOUT_MS + drainMs);
  });

  it('asks the port on which the process listens', () => {
    const own = env[role === 'api' ? 'PORT' : 'HEALTH_PORT'];
    if (port !== null) expect(port).toBe(Number(own));
  });
});

describe('ports', () => {
  it.each([
    ['Dockerfile.api', { PORT: '8000', METRICS_PORT: '9464' }],
    ['Dockerfile.worker', { HEALTH_PORT: '8001', METRICS_PORT: '9464' }],
  ])('of %s are those that every file here counts on', (dockerfile, ports) => {
    const variables = read(dockerfile).match(/(?<=^ENV .*)\w+=\S+/gm) ?? [];
    const set = Object.fromEntries(
      variables.map((text) => text.split('=')).filter(([name]) => name?.endsWith('PORT')),
    );
    expect(set).toEqual(ports);
    for (const { where, env } of deployedProcesses()) {
      for (const [name, value] of Object.entries(ports)) {
        // A platform without a scraper or a health check turns the port off.
        if (name in env) expect(['0', value], `${where}: ${name}`).toContain(env[name]);
      }
    }
  });
});

describe('a Redis that evicts would lose accepted pictures', () => {
  it.each([
    ['the chart', 'tests/deploy/golden/defaults.yaml', /--maxmemory-policy\s+- noeviction/],
    ['Render', 'render.yaml', /maxmemoryPolicy: noeviction/],
    ['AWS', 'deploy/aws/inkqueue.yaml', /maxmemory-policy: noeviction/],
    ['Fly', 'deploy/fly/redis.toml', /--maxmemory-policy noeviction/],
    ['Docker Compose', 'docker-compose.yml', /--maxmemory-policy\s+- noeviction/],
  ])('%s has one that refuses instead', (_, file, pattern) => {
    expect(read(file)).toMatch(pattern);
  });
});

describe('railway.json', () => {
  it('has health checks that both processes respond to', () => {
    const [{ deploy }] = parseDocuments('railway.json');
    expect(deploy.healthcheckPath).toBe('/health/ready');
    expect(read('shared/src/node/health-server.ts')).toContain(`'${deploy.healthcheckPath}'`);
    expect(read('api/src/routes/health.ts')).toContain(`'${deploy.healthcheckPath}'`);
    expect(deploy.drainingSeconds * 1_000).toBeGreaterThan(apiEnv.parse({}).SHUTDOWN_TIMEOUT_MS);
  });
});

describe('documents', () => {
  it.each(['docs/deploy.md', 'deploy/helm/inkqueue/README.md', 'deploy/helm/inkqueue/values.yaml'])(
    '%s names only settings that exist',
    (file) => {
      const known = [apiEnv, workerEnv, webhooksEnv].flatMap(settingsOf).map(({ name }) => name);
      const platforms = ['RAILWAY_DOCKERFILE_PATH'];
      // In a Markdown file, what stands in backticks.
      const pattern = file.endsWith('.md')
        ? /`([A-Z]{2,}(?:_[A-Z]+)+)(?:=[^`]*)?`/g
        : /\b([A-Z]{2,}(?:_[A-Z]+)+)\b/g;
      const named = [...read(file).matchAll(pattern)].map(([, name]) => name!);
      expect(named.length).toBeGreaterThan(1);
      expect(named.filter((name) => !known.includes(name) && !platforms.includes(name))).toEqual([]);
    },
  );

  it('docs/deploy.md names only files that exist', () => {
    const pattern = /\b(?:deploy|docs)\/[\w./-]*\w|\b(?:render\.yaml|railway\.json|Dockerfile\.\w+)/g;
    const paths = [...new Set([...read('docs/deploy.md').matchAll(pattern)].map(([path]) => path))];
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([]);
  });
});
