import { parseDocuments, read } from './files.ts';

type Role = 'api' | 'worker' | 'webhooks';

/** How a platform runs one of the processes. */
export interface Deployed {
  /** For messages: the file, and what in it. */
  where: string;
  role: Role;
  /** Null where the platform fills the value in. */
  env: Record<string, string | null>;
  /** Seconds between SIGTERM and SIGKILL; null where the file does not say it. */
  graceSeconds: number | null;
  /** Port that the platform sends requests or health checks to; null for none. */
  port: number | null;
}

/** The values of the chart that are rendered for the tests, by the name of their golden file. */
export const CHART_CASES = ['defaults', 'external-redis', 'keda', 'webhooks'] as const;

/** Every process in every file of a platform. */
export function deployedProcesses(): Deployed[] {
  return [...CHART_CASES.flatMap(inChart), ...onRender(), ...onAws(), ...onFly(), ...onCloudRun()];
}

/** Variables of a list as Kubernetes has it: each with a value, or with a reference. */
function variables(list: readonly { name: string; value?: string }[] = []): Deployed['env'] {
  return Object.fromEntries(list.map(({ name, value }) => [name, value ?? null]));
}

function inChart(name: (typeof CHART_CASES)[number]): Deployed[] {
  const file = `tests/deploy/golden/${name}.yaml`;
  return parseDocuments(file)
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, spec }) => {
      const pod = spec.template.spec;
      const [container] = pod.containers;
      return {
        where: `${file}: ${metadata.name}`,
        role: container.name,
        env: variables(container.env),
        graceSeconds: pod.terminationGracePeriodSeconds,
        port: container.ports[0].containerPort,
      };
    });
}

interface RenderService {
  runtime?: string;
  dockerfilePath: string;
  envVars: { key: string; value?: string }[];
  maxShutdownDelaySeconds: number;
}

function onRender(): Deployed[] {
  const services: RenderService[] = parseDocuments('render.yaml')[0].services;
  return services
    .filter(({ runtime }) => runtime === 'docker')
    .map(({ dockerfilePath, envVars, maxShutdownDelaySeconds }) => {
      const role = roleOf(dockerfilePath);
      return {
        where: `render.yaml: ${role}`,
        role,
        env: variables(envVars.map(({ key, ...rest }) => ({ name: key, ...rest }))),
        graceSeconds: maxShutdownDelaySeconds,
        // Render sends requests to PORT.
        port: null,
      };
    });
}

function onAws(): Deployed[] {
  const file = 'deploy/aws/inkqueue.yaml';
  const [{ Resources }] = parseDocuments(file);
  return (['api', 'worker'] as const).map((role) => {
    const task = Resources[role === 'api' ? 'ApiTask' : 'WorkerTask'];
    const [container] = task.Properties.ContainerDefinitions;
    const env = Object.fromEntries(
      container.Environment.map(({ Name, Value }: { Name: string; Value: string }) => [
        Name,
        // CloudFormation fills in what stands in ${…}.
        Value.includes('${') ? null : Value,
      ]),
    );
    const port = role === 'api' ? Resources.Targets.Properties.Port : portIn(container.HealthCheck.Command);
    return { where: `${file}: ${role}`, role, env, graceSeconds: container.StopTimeout, port };
  });
}

function onFly(): Deployed[] {
  return (['api', 'worker'] as const).map((role) => {
    const file = `deploy/fly/${role}.toml`;
    const app = parseDocuments(file)[0];
    return {
      where: file,
      role: roleOf(app.build.dockerfile),
      env: app.env,
      graceSeconds: app.kill_timeout,
      port: role === 'api' ? app.http_service.internal_port : app.checks.ready.port,
    };
  });
}

function onCloudRun(): Deployed[] {
  return (['api', 'worker'] as const).map((role) => {
    const file = `deploy/cloud-run/${role}.yaml`;
    const [container] = parseDocuments(file)[0].spec.template.spec.containers;
    const port = container.ports?.[0].containerPort ?? null;
    const env = variables(container.env);
    // Cloud Run sets it to the container's port, and ends every instance after ten seconds.
    return { where: file, role, env: port ? { ...env, PORT: String(port) } : env, graceSeconds: 10, port };
  });
}

/** What runs in the image of a Dockerfile, by its last command. */
function roleOf(dockerfile: string): Role {
  const name = dockerfile.replace(/^[./]*/, '');
  return read(name).includes('CMD ["node", "worker/dist/main.js"]') ? 'worker' : 'api';
}

function portIn(command: readonly string[]): number {
  return Number(/127\.0\.0\.1:(\d+)/.exec(command.join(' '))?.[1]);
}
