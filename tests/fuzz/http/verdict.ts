import type { Shot } from './shot.ts';

/** What there may be in place of a status. */
export const NO_STATUS = { closed: 0, tooLate: -1, left: -2, wasLate: -3 } as const;

/** Whether a request ended as one may: with a status that is the client's fault, a success, or a service that is full. */
export function isRight({ isBroken = false }: Shot, status: number): boolean {
  if (status === NO_STATUS.left || status === NO_STATUS.wasLate) return true;
  if (status === NO_STATUS.closed) return isBroken;
  return (status >= 200 && status < 500) || status === 503;
}

export const WORDS: Readonly<Record<number, string>> = {
  [NO_STATUS.left]: 'the client hung up',
  [NO_STATUS.wasLate]: 'closed without a response, for this process was busy and sent it late',
  [NO_STATUS.tooLate]: 'no response in time',
  [NO_STATUS.closed]: 'closed without a response',
};
