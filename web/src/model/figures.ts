import type { MeasuredSet } from '@inkqueue/shared/contracts/model-card';

/** A digit that was read as another one, and how often. */
export interface Misreading {
  digit: number;
  read: number;
  count: number;
}

/** The commonest misreadings of a set, the commonest first. */
export function misreadings({ confusion }: MeasuredSet, most: number): Misreading[] {
  return confusion
    .flatMap((row, digit) => row.map((count, read) => ({ digit, read, count })))
    .filter(({ digit, read, count }) => digit !== read && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

/** Results of similar confidence: how sure the network was, and how many of them were right, both from 0 to 1. */
export interface ReliabilityPoint {
  sure: number;
  right: number;
  n: number;
}

/** The points of a set's reliability diagram; none where it was not measured. */
export function reliabilityPoints({ reliability = [] }: MeasuredSet): ReliabilityPoint[] {
  return reliability.flatMap(({ n, correct, confidence }) =>
    confidence === null ? [] : [{ sure: confidence, right: correct / n, n }],
  );
}

/** The kinds of a set, the hardest first. */
export function kindsOf({ by_kind }: MeasuredSet): { kind: string; n: number; share: number }[] {
  return Object.entries(by_kind)
    .map(([kind, { n, correct }]) => ({ kind, n, share: n > 0 ? correct / n : 0 }))
    .sort((a, b) => a.share - b.share || b.n - a.n);
}
