import type { ImageName } from '../load/images.ts';
import type { Cell } from '../measure/grid.ts';
import { spread } from '../measure/statistics.ts';
import { figure, section, table } from './markdown.ts';
import { findCell, medianOf, type Results, rateRatio } from './results.ts';

/** Every load: responses a second, latencies, CPU and ratios to the first contender. */
export function reportGrid(results: Results): string[] {
  const loads = [...new Set(results.cells.map(({ image }) => image))];
  return loads.map((image) => {
    const { title, bytes } = results.images[image];
    const counts = [...new Set(results.cells.filter((c) => c.image === image).map((c) => c.connections))];
    const blocks = counts.map((connections) => reportLoad(results, image, connections));
    return section(`POST /predict, ${title} (${bytes.toLocaleString('en')} bytes)`, ...blocks);
  });
}

function reportLoad(results: Results, image: ImageName, connections: number): string {
  const [first] = results.contenders;
  const ours = first && findCell(results, image, connections, first.name);
  const rows = results.contenders.flatMap(({ name, title }) => {
    const cell = findCell(results, image, connections, name);
    return cell ? [row(cell, title, ours)] : [];
  });
  const head = [
    `${connections} ${connections === 1 ? 'connection' : 'connections'}`,
    ...['responses/s', 'spread', 'p50 ms', 'p99 ms', 'p99 ÷ p50', 'CPU µs each'],
    `${first?.name} ÷ it`,
  ];
  const noise = Math.max(...rowsOf(results, image, connections).map(({ foreign }) => foreign));
  return `${table(head, rows)}\n\nOther programs used at most ${(100 * noise).toFixed(0)} % of the machine during a run.`;
}

const rowsOf = (results: Results, image: ImageName, connections: number) =>
  results.cells
    .filter((cell) => cell.image === image && cell.connections === connections)
    .flatMap(({ samples }) => samples);

function row(cell: Cell, title: string, ours: Cell | undefined): string[] {
  const failed = cell.samples.reduce((sum, sample) => sum + sample.failed, 0);
  return [
    `${title}${cell.path.startsWith('/predict-') ? ` (${cell.path})` : ''}${failed > 0 ? `, **${failed} failed**` : ''}`,
    figure(medianOf(cell, ({ rate }) => rate)),
    `${(100 * spread(cell.samples.map(({ rate }) => rate))).toFixed(0)} %`,
    figure(medianOf(cell, ({ p50 }) => p50)),
    figure(medianOf(cell, ({ p99 }) => p99)),
    figure(medianOf(cell, ({ p99, p50 }) => p99 / p50)),
    figure(medianOf(cell, ({ cpuUs }) => cpuUs)),
    ours && ours !== cell ? figure(rateRatio(ours, cell)) : '',
  ];
}
