import type { Incident } from './faults/schedule.ts';
import type { Sums } from './sums.ts';
import { ENDS, VIOLATIONS } from './verdict.ts';

export interface Result {
  /** The machine and the versions, one line each. */
  setting: readonly string[];
  seconds: number;
  incidents: readonly Incident[];
  sums: Sums;
  /** What clients met on the way. */
  met: ReadonlyMap<string, number>;
}

const WORDS: Record<(typeof ENDS)[number] | (typeof VIOLATIONS)[number], string> = {
  kept: 'one final state, the right one, and still there',
  deleted: 'deleted by the client, and gone',
  emptied: 'its right end was seen; gone (410) since Redis was emptied',
  'emptied-unseen': 'gone (410) since Redis was emptied, before its end was seen',
  cut: 'accepted just before a power cut or such a failover, and gone (410)',
  'cut-changed': 'ended just before one, and ended otherwise after it',
  dropped: 'ended, and made room while Redis was full (410)',
  lost: '**lost**',
  wrong: '**wrong**',
  double: '**two different final states**',
  stuck: '**stuck**',
  returned: '**there again after it was gone**',
};

/** The result as Markdown. */
export function writeReport({ setting, seconds, incidents, sums, met }: Result): string {
  const { accepted, verdicts, ways, channels, violations } = sums;
  const rate = accepted / seconds;
  return `${[
    setting.map((line) => `- ${line}`).join('\n'),
    `${figure(accepted)} predictions accepted in ${figure(seconds)} s (${figure(rate)} a second, faults included), ${figure(incidents.length)} faults, ${figure(violations.length)} violations.`,
    table(
      ['the ledger at the end', 'predictions'],
      [...ENDS, ...VIOLATIONS].map((verdict) => [WORDS[verdict], figure(verdicts.get(verdict) ?? 0)]),
    ),
    table(
      ['fault', 'times', 'lasted, s', 'reads again after, s', 'all it held up has ended after, s'],
      byFault(incidents),
    ),
    'Seconds are the median (of two middle ones the longer) and, in brackets, the longest; the last two columns count from the moment that the fault was mended.',
    table(['submitted by', 'accepted'], counts(ways)),
    table(['end reported by', 'predictions'], counts(channels)),
    table(['what clients met, and sent again or gave up', 'times'], counts(met)),
  ].join('\n\n')}\n`;
}

function byFault(incidents: readonly Incident[]): string[][] {
  const names = [...new Set(incidents.map(({ name }) => name))].sort();
  return names.map((name) => {
    const same = incidents.filter((incident) => incident.name === name);
    const seconds = (of: (incident: Incident) => number) => {
      const values = same.map(of).sort((a, b) => a - b);
      const middle = values[Math.floor(values.length / 2)] ?? Number.NaN;
      const most = values.at(-1) ?? Number.NaN;
      return same.length > 1 ? `${inSeconds(middle)} (${inSeconds(most)})` : inSeconds(most);
    };
    const columns = [
      ({ lasted }: Incident) => lasted,
      (i: Incident) => i.answering,
      (i: Incident) => i.settled,
    ];
    return [name, figure(same.length), ...columns.map(seconds)];
  });
}

const inSeconds = (ms: number) => (Number.isFinite(ms) ? (ms / 1_000).toFixed(1) : '> 60');
const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 });
const counts = (map: ReadonlyMap<string, number>): string[][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => [name, figure(count)]);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
