import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The folder of what Prometheus and Grafana are given. */
export const MONITORING = pathOf('deploy/monitoring');

export const read = (path: string): string => readFileSync(pathOf(path), 'utf8');

export interface Rule {
  kind: 'alert' | 'record';
  name: string;
  expression: string;
  /** The lines of the rule below its name. */
  body: string;
}

const RULE = /^ {6}- (alert|record): (.+)\n((?:(?: {8}.*)?\n)*)/gm;
const EXPRESSION = /^ {8}expr: (?:\|\n((?: {10}.*\n)+)|(.+))/m;

/** The rules of Prometheus, in their order. They are laid out as the formatter lays them out: that takes no parser of YAML. */
export function shippedRules(): Rule[] {
  const text = ['causes', 'inkqueue'].map((name) => read(`deploy/monitoring/rules/${name}.yml`)).join('\n');
  return [...text.matchAll(RULE)].map(([, kind, name = '', body = '']) => {
    const [, block, line] = EXPRESSION.exec(body) ?? [];
    return { kind: kind === 'alert' ? 'alert' : 'record', name, expression: block ?? line ?? '', body };
  });
}

const panel = z.object({
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().optional() }) }).optional(),
  targets: z.array(z.object({ expr: z.string() })).default([]),
});
const dashboard = z.object({ panels: z.array(panel) });

/** The panels of Grafana's dashboard that show something. */
export function shippedPanels() {
  const { panels } = dashboard.parse(JSON.parse(read('deploy/monitoring/grafana/dashboards/inkqueue.json')));
  return panels.filter(({ type }) => type !== 'row');
}

/** Every expression of rules and panels, with the name of what it belongs to. */
export function shippedExpressions(): { of: string; expression: string }[] {
  return [
    ...shippedRules().map(({ name, expression }) => ({ of: name, expression })),
    ...shippedPanels().flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ of: title, expression: expr })),
    ),
  ];
}

/** What Prometheus itself makes. */
const OF_PROMETHEUS = new Set(['up', 'ALERTS']);

/** Whether a metric comes from a process of the service: neither from Prometheus itself, nor from a rule (by its colon). */
export const isExported = (metric: string): boolean => !OF_PROMETHEUS.has(metric) && !metric.includes(':');

/** Runs promtool in the folder of the monitoring. @returns its exit code and all that it printed; null where it is not installed */
export function promtool(args: string[], input = ''): { code: number | null; output: string } | null {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: MONITORING,
    input,
    encoding: 'utf8',
  });
  if (error && 'code' in error && error.code === 'ENOENT') return null;
  if (error) throw error;
  return { code: status, output: `${stdout}${stderr}` };
}

export const hasPromtool = promtool(['--version']) !== null;

/** For the names of tests that need it. */
export const NEEDS_PROMTOOL = 'needs promtool, of Debian’s package prometheus';
