import type { ImageName } from '../load/images.ts';
import { figure } from './markdown.ts';
import { findCell, medianOf, type Results } from './results.ts';

const CONNECTIONS = 32;
const IMAGES: readonly ImageName[] = ['28', '280'];

/** Lengths in pixels. */
const WIDTH = 800;
const LABEL_WIDTH = 344;
const VALUE_WIDTH = 64;
const ROW = 26;
const BAR = 16;
const HEADING = 44;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .heading { font-weight: 600; font-size: 14px; }
  rect { fill: #8c959f; }
  .ours { fill: #0969da; }
  text.ours { fill: #1f2328; font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text, text.ours { fill: #e6edf3; }
    rect { fill: #6e7681; }
    rect.ours { fill: #58a6ff; }
  }
`;

interface Panel {
  title: string;
  bars: { title: string; rate: number; isOurs: boolean }[];
}

/** Bars of the responses a second at 32 connections, an SVG for a light and a dark page. */
export function drawChart(results: Results): string {
  const panels = panelsOf(results);
  const tops = panels.map((_, i) => panels.slice(0, i).reduce((top, panel) => top + heightOf(panel), 0));
  const height = panels.reduce((sum, panel) => sum + heightOf(panel), 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escapeXml(describeChart(results))}</title>`,
    `<style>${STYLE}</style>`,
    ...panels.map((panel, i) => drawPanel(panel, tops[i]!)),
    '</svg>\n',
  ].join('\n');
}

/** The chart in words, with its figures. */
export function describeChart(results: Results): string {
  const panels = panelsOf(results).map(({ title, bars }) => {
    const figures = bars.map((bar) => `${bar.title}: ${figure(bar.rate)}`);
    return `${title}: ${figures.join('; ')}.`;
  });
  return panels.join(' ');
}

function panelsOf({ grid, images }: Results): Panel[] {
  return IMAGES.flatMap((image) => {
    const bars = grid.contenders.flatMap(({ name, title }) => {
      const cell = findCell(grid, image, CONNECTIONS, name);
      return cell ? [{ title, rate: medianOf(cell, ({ rate }) => rate), isOurs: name === 'ours' }] : [];
    });
    const title = `${images[image].title}, responses a second at ${CONNECTIONS} connections`;
    return bars.length === 0 ? [] : [{ title, bars }];
  });
}

const heightOf = ({ bars }: Panel) => HEADING + bars.length * ROW;

function drawPanel({ title, bars }: Panel, top: number): string {
  const most = Math.max(...bars.map(({ rate }) => rate));
  const scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / most;
  const rows = bars.map((bar, i) => {
    const y = top + HEADING + i * ROW;
    const width = Math.max(1, Math.round(bar.rate * scale));
    const mark = bar.isOurs ? ' class="ours"' : '';
    return [
      `<text${mark} x="${LABEL_WIDTH - 10}" y="${y + 13}" text-anchor="end">${escapeXml(bar.title)}</text>`,
      `<rect${mark} x="${LABEL_WIDTH}" y="${y}" width="${width}" height="${BAR}" rx="2"/>`,
      `<text${mark} x="${LABEL_WIDTH + width + 8}" y="${y + 13}">${figure(bar.rate)}</text>`,
    ].join('\n');
  });
  return [`<text class="heading" x="0" y="${top + 28}">${escapeXml(title)}</text>`, ...rows].join('\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
