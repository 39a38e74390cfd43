import type { OpenLoopResult } from '../../load/send-on-schedule.ts';

/** One step of the open loop against one service. */
export interface OpenLoopSample extends OpenLoopResult {
  /** Requests a second that were due. */
  rate: number;
  /** Share of the machine's CPU that neither the service nor the load generator used: noise. */
  foreign: number;
}

/** Bound on the 99th percentile of the latency, in milliseconds, after Crayfish (EDBT 2024). */
export const LIMIT_MS = 50;

/** Of fewer requests, the 99th percentile is whatever happened to one or two of them. */
const REQUESTS_MIN = 300;
const LENGTHENED_MAX = 4;

/** How long a step takes: at a low rate longer than the others, for enough requests. */
export function stepSeconds({ rate, seconds }: { rate: number; seconds: number }): number {
  return Math.min(Math.max(seconds, REQUESTS_MIN / rate), LENGTHENED_MAX * seconds);
}

/** A tenth of the latency's bound. */
const LAG_MAX_MS = LIMIT_MS / 10;
const FOREIGN_MAX = 0.05;
/** At a low rate, chance alone puts so many requests in flight. */
const BACKLOG_MIN = 4;

/** Why a step does not hold; null where it holds. */
export function whyNot(step: OpenLoopSample): 'failed' | 'late' | 'backlog' | null {
  if (step.failed > 0) return 'failed';
  if (step.isCutShort || !(step.p99 <= LIMIT_MS)) return 'late';
  // Little's law: a service whose requests take as long as the bound has this many in flight.
  const backlogMax = Math.max(BACKLOG_MIN, (step.rate * LIMIT_MS) / 1_000);
  return step.backlog > backlogMax ? 'backlog' : null;
}

/** Whether something other than the service may have made the requests late: the generator itself, or other programs. */
export function isDisturbed({ lagP99, foreign }: Pick<OpenLoopSample, 'lagP99' | 'foreign'>): boolean {
  return lagP99 > LAG_MAX_MS || foreign > FOREIGN_MAX;
}

export function describeStep(step: OpenLoopSample): string {
  const reason = whyNot(step);
  const figures = `p99 ${step.p99.toFixed(1)} ms, generator late by ${step.lagP99.toFixed(1)} ms`;
  return `${step.rate.toFixed(0)}/s ${reason ? `does not hold (${reason})` : 'holds'}, ${figures}${step.foreign > FOREIGN_MAX ? `, others used ${(100 * step.foreign).toFixed(0)} % of the machine` : ''}`;
}
