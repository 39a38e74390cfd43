import type { Priority } from './image.ts';

/** After so many turns without a pause, jobs are taken as they come. */
export const TURNS_MAX = 299_999;

/**
 * BullMQ takes jobs without a priority first, then those with the lower number. The jobs of single images come at once, of each kind as
 * they came; after all of them those that take turns, whose turns count on from these numbers.
 */
const AT_ONCE: Partial<Record<Priority, number>> = {
  waiting: 0,
  'waiting-low': 1,
  polling: 2,
  'polling-low': 3,
};
const FIRST_TURNS: Record<Priority, number> = {
  waiting: 4,
  'waiting-low': 300_004,
  polling: 600_004,
  'polling-low': 900_004,
  batch: 1_200_004,
  'batch-low': 1_500_004,
};

/** The number that BullMQ gets. @param turn null for a job that takes no turns: of a batch, the first one */
export function numberOf(priority: Priority, turn: number | null): number {
  const atOnce = turn === null ? AT_ONCE[priority] : undefined;
  return atOnce ?? FIRST_TURNS[priority] + Math.min(Math.floor(turn ?? 0), TURNS_MAX);
}

/** Where the numbers begin of single images that take turns, and of batches. */
export const TURNS_FROM = FIRST_TURNS.waiting;
export const BATCHES_FROM = FIRST_TURNS.batch;
