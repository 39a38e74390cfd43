import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatJson } from './format-json.mjs';
import { atAGlance, latency, throughput } from './rows/pictures.mjs';
import { http, resources, trouble } from './rows/service.mjs';
import { webhooks } from './rows/webhooks.mjs';

/**
 * Writes the dashboard, to the file that is named or to the one that Grafana reads:
 *
 *     node deploy/monitoring/grafana/make-dashboard.mjs [FILE]
 */

/** From the top down: a person who is woken needs the first row, and the others to find out why. */
const ROWS = [atAGlance, latency, throughput, http, trouble, webhooks, resources];

const COLUMNS = 24;

/** Rows with their panels, each at its place: from left to right, and on to the next line where one is full. */
function layOut() {
  const placed = [];
  let y = 0;
  for (const { title, panels } of ROWS) {
    placed.push({ type: 'row', title, collapsed: false, panels: [], gridPos: { x: 0, y, w: COLUMNS, h: 1 } });
    y += 1;
    let x = 0;
    let height = 0;
    for (const { size, ...panel } of panels) {
      if (x + size.width > COLUMNS) {
        x = 0;
        y += height;
        height = 0;
      }
      placed.push({ ...panel, gridPos: { x, y, w: size.width, h: size.height } });
      x += size.width;
      height = Math.max(height, size.height);
    }
    y += height;
  }
  return placed.map((panel, index) => ({ id: index + 1, ...panel }));
}

const dashboard = {
  uid: 'inkqueue',
  title: 'Inkqueue',
  description:
    'Made by deploy/monitoring/grafana/make-dashboard.mjs. docs/runbook.md says what each number means.',
  tags: ['inkqueue'],
  schemaVersion: 39,
  version: 1,
  editable: false,
  graphTooltip: 1,
  refresh: '15s',
  time: { from: 'now-1h', to: 'now' },
  timezone: 'browser',
  annotations: { list: [] },
  templating: { list: [] },
  panels: layOut(),
};

const [, , path = fileURLToPath(new URL('dashboards/inkqueue.json', import.meta.url))] = process.argv;
writeFileSync(path, formatJson(dashboard));
