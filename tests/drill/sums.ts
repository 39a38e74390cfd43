import type { Entry, Ledger } from './ledger.ts';
import { ENDS, judge, type Verdict, VIOLATIONS } from './verdict.ts';

export interface Sums {
  accepted: number;
  verdicts: Map<Verdict, number>;
  /** Accepted predictions of each way of submitting, and how many sightings of an end there were of each channel. */
  ways: Map<string, number>;
  channels: Map<string, number>;
  /** The ledger's lines of each violation, and what no single prediction shows. */
  violations: string[];
}

/** Judges every accepted prediction. */
export function sumUp({ entries, spans, offences }: Ledger): Sums {
  const verdicts = new Map<Verdict, number>([...ENDS, ...VIOLATIONS].map((verdict) => [verdict, 0]));
  const ways = new Map<string, number>();
  const channels = new Map<string, number>();
  const violations: string[] = [...offences];
  const count = <K>(counts: Map<K, number>, key: K) => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const entry of entries.values()) {
    const verdict = judge(entry, spans);
    count(verdicts, verdict);
    count(ways, entry.way);
    for (const { channel } of entry.seen) count(channels, channel);
    if ((VIOLATIONS as readonly string[]).includes(verdict)) violations.push(linesOf(entry, verdict));
  }
  return { accepted: entries.size, verdicts, ways, channels, violations };
}

/** What the ledger has of one prediction. */
function linesOf(entry: Entry, verdict: Verdict): string {
  const { id, way, beganAt, acceptedAt, allowed, seen, deletedAt, notes } = entry;
  const ms = (at: number) => `${Math.round(at)} ms`;
  return [
    `${verdict}: ${id}, ${way}`,
    `  sent at ${ms(beganAt)}, accepted at ${ms(acceptedAt)}, right would be: ${[...allowed].join(' or ')}`,
    ...seen.map(
      ({ state, channel, first, last }) => `  ${state} by ${channel}, from ${ms(first)} to ${ms(last)}`,
    ),
    ...(deletedAt === null ? [] : [`  deleted at ${ms(deletedAt)}`]),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
