import type { ImageName } from '../load/images.ts';
import { median } from '../measure/statistics.ts';

/** A prediction may cost so much more than recorded. A photograph's cost varies more with what else uses the machine's memory. */
const ALLOWED = { '28': 1.15, '280': 1.15, phone: 1.25 };
/** A round in which other programs used more of the machine does not count: their caches and ours are the same. */
const FOREIGN_MAX = 0.1;
/** With fewer quiet rounds of an image there is no verdict. */
const QUIET_ROUNDS_MIN = 5;

export interface Round {
  /** CPU time of a prediction, in thousandths of the calibration's. */
  ratio: number;
  /** Share of the machine that other programs used. */
  foreign: number;
}

export const isQuiet = ({ foreign }: Round): boolean => foreign <= FOREIGN_MAX;

/** The median of the quiet rounds; null where they are too few. */
export function ratioOf(rounds: readonly Round[]): number | null {
  const quiet = rounds.filter(isQuiet).map(({ ratio }) => ratio);
  return quiet.length < QUIET_ROUNDS_MIN ? null : median(quiet);
}

export type Verdict =
  | { verdict: 'passed' | 'failed'; change: number }
  | { verdict: 'not judged'; why: string };

/** Compares the measured ratio of an image with the recorded one; `change` is the one ÷ the other. */
export function judge(image: ImageName, measured: number | null, recorded: number | undefined): Verdict {
  if (measured === null) return { verdict: 'not judged', why: 'other programs kept the machine busy' };
  if (recorded === undefined)
    return { verdict: 'not judged', why: 'nothing is recorded for this kind of processor' };
  const change = measured / recorded;
  return { verdict: change > ALLOWED[image] ? 'failed' : 'passed', change };
}
