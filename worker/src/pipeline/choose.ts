import type { Classification } from './postprocess.ts';
import type { Candidate, Line } from './reading.ts';

/** What the network thinks of a candidate. */
export type Judged = Candidate & { classification: Classification };

/** No candidate is so bad that it rules its way out; a piece that no candidate covers is left out at a higher cost. */
const SCORE_MIN = 1e-4;
const LEFT_OUT_COST = 12;

/**
 * The most likely way through a line: the candidates that cover its pieces, in their order, at the least cost. A candidate
 * costs the more the less the network takes it for one digit, for each piece that it covers.
 *
 * @param judged the line's candidates
 */
export function chooseWay({ pieces }: Pick<Line, 'pieces'>, judged: readonly Judged[]): Judged[] {
  // A digit alone, as on most pictures.
  if (judged.length === 1) return [...judged];
  const cost = new Array<number>(pieces + 1).fill(Infinity);
  const last = new Array<Judged | null>(pieces + 1).fill(null);
  cost[0] = 0;
  for (let to = 1; to <= pieces; to++) {
    cost[to] = cost[to - 1]! + LEFT_OUT_COST;
    for (const candidate of judged) {
      if (candidate.to !== to) continue;
      const total = cost[candidate.from]! + costOf(candidate);
      if (total >= cost[to]!) continue;
      cost[to] = total;
      last[to] = candidate;
    }
  }
  const way: Judged[] = [];
  for (let at = pieces; at > 0; at = last[at]?.from ?? at - 1) if (last[at]) way.unshift(last[at]!);
  return way;
}

function costOf({ from, to, cost, classification }: Judged): number {
  const { confidence, digitScore } = classification;
  return cost - (to - from) * Math.log(Math.max(SCORE_MIN, confidence * digitScore));
}
