import { describe, expect, it } from 'vitest';
import { parseDocuments, ROOT, read } from './files.ts';
import { helm, lint, render, skipped } from './helm.ts';
import { CHART_CASES } from './processes.ts';

const CHART = 'deploy/helm/inkqueue';
const [{ version }] = parseDocuments('package.json');

const golden = (name: string) => parseDocuments(`tests/deploy/golden/${name}.yaml`);
const ofKind = (name: string, kind: string) => golden(name).filter((object) => object.kind === kind);

describe('the chart', () => {
  it('has the version of the service', () => {
    expect(parseDocuments(`${CHART}/Chart.yaml`)[0]).toMatchObject({ version, appVersion: version });
  });

  it('describes every value in its README', () => {
    const named = [...read(`${CHART}/README.md`).matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name!);
    const [values] = parseDocuments(`${CHART}/values.yaml`);
    const isNamed = (path: string) => named.some((name) => path === name || path.startsWith(`${name}.`));
    const paths = leaves(values);
    expect(paths.filter((path) => !isNamed(path))).toEqual([]);
    expect(
      named.filter((name) => !paths.some((path) => path === name || path.startsWith(`${name}.`))),
    ).toEqual([]);
  });

  it.each(CHART_CASES)('with %s runs nothing as root, and nothing that may write to its image', (name) => {
    const pods = golden(name).flatMap(({ spec }) => spec.template?.spec ?? []);
    expect(pods.length).toBeGreaterThanOrEqual(2);
    for (const pod of pods) {
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.automountServiceAccountToken).toBe(false);
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits.memory).toBeTruthy();
      }
    }
  });

  it.each(CHART_CASES)('with %s names only ports that a container of the selected pods has', (name) => {
    const objects = golden(name);
    const portsOf = (selector: Record<string, string>) =>
      objects
        .filter(({ spec }) => matches(spec.template?.metadata.labels, selector))
        .flatMap(({ spec }) => spec.template.spec.containers)
        .flatMap(({ ports }) => ports.map((port: { name: string }) => port.name));
    for (const { kind, spec } of objects) {
      if (kind === 'Service') {
        for (const { targetPort } of spec.ports) expect(portsOf(spec.selector)).toContain(targetPort);
      }
      if (kind === 'NetworkPolicy') {
        for (const { port } of spec.ingress.flatMap(({ ports }: { ports: unknown[] }) => ports)) {
          expect(portsOf(spec.podSelector.matchLabels)).toContain(port);
        }
      }
      if (kind === 'PodMonitor') {
        expect(portsOf(spec.selector.matchLabels)).toContain(spec.podMetricsEndpoints[0].port);
      }
    }
  });

  it('lets only the api and the workers reach Redis', () => {
    const [policy] = ofKind('defaults', 'NetworkPolicy').filter(({ metadata }) =>
      metadata.name.endsWith('redis'),
    );
    const from = policy.spec.ingress[0].from.map(
      ({ podSelector }: { podSelector: { matchLabels: Record<string, string> } }) =>
        podSelector.matchLabels['app.kubernetes.io/component'],
    );
    expect([policy.spec.ingress.length, from]).toEqual([1, ['api', 'worker']]);
  });

  it('gives webhooks the secret and the settings that the api has, and a way to Redis', () => {
    const deployed = ofKind('webhooks', 'Deployment').map(({ spec }) => spec.template.spec.containers[0]);
    const [api, webhooks] = ['api', 'webhooks'].map((name) => deployed.find((one) => one.name === name));
    expect(webhooks.image).toBe(api.image);
    for (const name of ['WEBHOOK_SECRET', 'BASE_PATH', 'RESULT_TTL_SECONDS']) {
      const [own, apis] = [webhooks, api].map(({ env }) => env.find((one: typeof env) => one.name === name));
      expect([name, own]).toEqual([name, apis]);
      expect(own).toBeDefined();
    }
    const [redis] = ofKind('webhooks', 'NetworkPolicy').filter(({ metadata }) =>
      metadata.name.endsWith('redis'),
    );
    expect(JSON.stringify(redis.spec.ingress)).toContain('"app.kubernetes.io/component":"webhooks"');
    expect(ofKind('webhooks', 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toContain(
      'inkqueue-webhooks',
    );
  });

  it('starts the first worker by how long the oldest picture waits', () => {
    const [scaled] = ofKind('keda', 'ScaledObject');
    const [service] = ofKind('keda', 'Service').filter(({ metadata }) => metadata.name === 'inkqueue-api');
    expect(scaled.spec).toMatchObject({ minReplicaCount: 0, scaleTargetRef: { name: 'inkqueue-worker' } });
    expect(scaled.spec.triggers[0].metadata).toMatchObject({
      url: `http://inkqueue-api.default.svc:${service.spec.ports[0].port}/`,
      valueLocation: 'queue.oldest_waiting_seconds',
      activationTargetValue: '0',
    });
    const [worker] = ofKind('keda', 'Deployment').filter(({ metadata }) => metadata.name.endsWith('worker'));
    // A number here would undo KEDA's at every upgrade.
    expect(worker.spec).not.toHaveProperty('replicas');
  });
});

describe.skipIf(!helm)(`the chart, by helm${skipped}`, () => {
  it('has no fault that helm lint finds', async () => {
    expect(await lint()).toContain('0 chart(s) failed');
  });

  it.each(CHART_CASES)('renders %s as in its golden file', async (name) => {
    const values = name === 'defaults' ? [] : ['--values', `${ROOT}tests/deploy/values/${name}.yaml`];
    await expect(await render(...values)).toMatchFileSnapshot(`golden/${name}.yaml`);
  });

  // Helm has two validators of schemas, which have words of their own: that of 3.18 and later, and the one before.
  it.each([
    [
      'a setting that the chart makes itself',
      ['api.env.PORT=9000'],
      /invalid propertyName 'PORT'|api\.env: Property name of "PORT" does not match/,
    ],
    [
      'a value that it does not know',
      ['api.replica=3'],
      /additional properties 'replica' not allowed|api: Additional property replica is not allowed/,
    ],
    ['webhooks without a Secret', ['webhooks.enabled=true'], /Set webhooks\.existingSecret/],
    ['neither a Redis nor a Secret', ['redis.bundled.enabled=false'], /Set redis\.existingSecret/],
  ])('refuses %s', async (_, set, message) => {
    await expect(render('--set', set.join(','))).rejects.toThrow(message);
  });
});

/** The paths of all values that are no map with entries. */
function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  const entries = Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`));
}

function matches(labels: Record<string, string> | undefined, selector: Record<string, string>): boolean {
  return labels !== undefined && Object.entries(selector).every(([name, value]) => labels[name] === value);
}
