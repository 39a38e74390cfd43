import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MONITORING, read, shippedPanels } from './shipped.ts';

test('the dashboard is what its script makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkqueue-dashboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const made = join(folder, 'made.json');
  execFileSync(process.execPath, [join(MONITORING, 'grafana/make-dashboard.mjs'), made]);
  expect(
    read('deploy/monitoring/grafana/dashboards/inkqueue.json'),
    'run: node deploy/monitoring/grafana/make-dashboard.mjs',
  ).toBe(readFileSync(made, 'utf8'));
});

test('every panel says in words what it shows, and graphs have a unit', () => {
  const panels = shippedPanels();
  expect(panels.filter(({ description }) => !description?.endsWith('.'))).toEqual([]);
  const units = panels.filter(({ type, fieldConfig }) => type !== 'table' && !fieldConfig?.defaults.unit);
  expect(units.map(({ title }) => title)).toEqual([]);
  expect(panels.filter(({ targets }) => targets.length === 0)).toEqual([]);
});

test('no panel lies on another one', () => {
  const taken = new Set<string>();
  for (const { title, gridPos } of shippedPanels()) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.has(`${x} ${y}`), title).toBe(false);
        taken.add(`${x} ${y}`);
      }
    }
  }
});
