import { describe, expect, test } from 'vitest';
import { metricNamesOf } from './promql.ts';
import {
  hasPromtool,
  isExported,
  NEEDS_PROMTOOL,
  promtool,
  read,
  shippedExpressions,
  shippedRules,
} from './shipped.ts';

const runbook = read('docs/runbook.md');
const rules = shippedRules();
const alerts = rules.filter(({ kind }) => kind === 'alert');

/** The text of the runbook's section of a heading, as GitHub makes anchors of headings. */
function sections(): Map<string, string> {
  const parts = runbook.split(/^#+ (?=.+\n)/m).slice(1);
  return new Map(
    parts.map((part) => {
      const [heading = ''] = part.split('\n');
      return [
        heading
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
        part,
      ];
    }),
  );
}

test('every rule is found in the files', () => {
  const names = ['causes', 'inkqueue'].flatMap((name) =>
    read(`deploy/monitoring/rules/${name}.yml`).match(/^\s*- (alert|record):/gm),
  );
  expect(rules).toHaveLength(names.length);
  expect(rules.filter(({ expression }) => expression === '')).toEqual([]);
});

describe.each(alerts.map((alert) => [alert.name, alert] as const))('%s', (name, { body }) => {
  test('says how bad it is, what it means, and where to read on', () => {
    expect(body).toMatch(/severity: (critical|warning)/);
    expect(body).toMatch(/^ {10}summary: /m);
    expect(body).toMatch(/^ {10}description: /m);
    const [, anchor = ''] = /runbook_url: docs\/runbook\.md#([\w-]+)\n/.exec(body) ?? [];
    expect(sections().get(anchor), `docs/runbook.md#${anchor}`).toContain(`\`${name}\``);
  });
});

test('the runbook has no section of an alert that is gone, and links to headings that exist', () => {
  const named = [...runbook.matchAll(/`(Inkqueue\w+)`/g)].map(([, name]) => name!);
  expect([...new Set(named)].sort()).toEqual(alerts.map(({ name }) => name).sort());
  const links = [...runbook.matchAll(/\]\(#(.*?)\)/g)].map(([, anchor]) => anchor!);
  expect(links.filter((anchor) => !sections().has(anchor))).toEqual([]);
});

describe('every metric that rules and panels read', () => {
  const names = [...new Set(shippedExpressions().flatMap(({ expression }) => metricNamesOf(expression)))];

  test('is described in the runbook', () => {
    const described = new Set([...runbook.matchAll(/^\| `([a-z0-9_]+)/gm)].map(([, name]) => name!));
    const bases = names.filter(isExported).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect([...new Set(bases)].filter((name) => !described.has(name))).toEqual([]);
  });

  test('is recorded by a rule, where its name has a colon', () => {
    const recorded = new Set(rules.filter(({ kind }) => kind === 'record').map(({ name }) => name));
    expect(names.filter((name) => name.includes(':') && !recorded.has(name))).toEqual([]);
  });
});

describe.skipIf(!hasPromtool)(`promtool (${NEEDS_PROMTOOL})`, () => {
  test.each([
    ['the configuration', ['check', 'config', 'prometheus.yml']],
    ['the rules', ['check', 'rules', '--lint-fatal', 'rules/causes.yml', 'rules/inkqueue.yml']],
    ['which alerts fire, and which are silent', ['test', 'rules', 'rules/inkqueue.test.yml']],
  ])('accepts %s', (_, args) => {
    const result = promtool(args);
    expect(result?.code, result?.output).toBe(0);
  });
});
