import { formatDuration, formatNumber, formatRate } from '../formats.ts';

/** The activity panel. */
export const activity = {
  heading: 'Behind the scenes',
  hint: 'the queue, its workers, and how fast they read',
  loading: 'Loading…',
  retrying: 'Trying again…',
  stale: 'Showing the last known state.',
  queueAway: 'The queue cannot be reached right now. Nothing is lost; reading goes on when it is back.',
  noWorkers: 'No worker is running. Pictures wait in the queue until one starts.',
  waiting: 'Jobs waiting',
  running: 'Jobs being read',
  pictures: 'Pictures in the queue',
  workers: 'Workers',
  columns: { worker: 'Worker', model: 'Model', running: 'Running' },
  moreWorkers: (count: number) => (count === 1 ? 'and 1 more' : `and ${formatNumber(count)} more`),
  finished: 'Pictures read',
  latency: 'Time to an answer',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  now: 'now',
  perSecond: (rate: number) => `${formatNumber(rate)} a second`,
  rate: (rate: number) => `${formatRate(rate)} a second right now.`,
  readInAll: (succeeded: number, failed: number, minutes: number) =>
    succeeded + failed === 0
      ? `None in the last ${minutes} minutes.`
      : `${formatNumber(succeeded)} in the last ${minutes} minutes${failed > 0 ? `, ${formatNumber(failed)} could not be read` : ''}.`,
  half: (ms: number) => `half within ${formatDuration(ms)}`,
  most: (ms: number) => `95 % within ${formatDuration(ms)}`,
  noTimes: 'Nothing was finished in this time.',
};
