import type { ActionDone, ActionName } from '@inkqueue/shared/contracts/console';
import { formatBytes, formatDate, formatLongTime, formatNumber, formatRate } from '../formats.ts';

/** The page of the queue. */
export const queue = {
  heading: 'The queue',
  link: 'The whole picture: the queue as a page',
  paused: 'An operator has paused the queue. Pictures are still taken in, and wait.',
  drained: 'An operator lets the queue run empty. No picture is taken in.',
  pausedAndDrained: 'An operator has stopped the queue: no picture is taken in, and none is read.',
  empty: 'Nothing waits.',
  grows: (perSecond: number) => `More come than are read: ${formatRate(perSecond)} more every second.`,
  stands: 'Nothing was read in the last half minute.',
  drains: (ms: number) => `Empty in about ${formatLongTime(ms)}, if no more come than now.`,
  figures: {
    oldest: 'Oldest wait',
    drain: 'Time to drain',
    arrivals: 'Come in a second',
    departures: 'Done a second',
  },
  growing: 'growing',
  never: 'stands still',
  spans: { label: 'How far back', minutes: '5 min', hour: '1 h', day: '24 h' },
  since: { minutes: '5 min ago', hour: '1 h ago', day: '24 h ago' },
  flow: 'Arrivals and departures',
  came: (count: number) => `${formatNumber(count)} came in`,
  went: (count: number) => `${formatNumber(count)} done`,
  flowInWords: (came: number, went: number, canceled: number) =>
    canceled > 0
      ? `${formatNumber(came)} came in, ${formatNumber(went)} done, ${formatNumber(canceled)} of them canceled.`
      : `${formatNumber(came)} came in, ${formatNumber(went)} done.`,
  canceled: (count: number) => `${formatNumber(count)} canceled`,
  bounds: {
    heading: 'How near the bounds',
    hint: 'At a bound, more pictures are refused until there is room.',
    pictures: 'Pictures',
    bytes: 'Bytes of pictures',
    memory: 'Memory of Redis',
    count: (used: number, max: number) => `${formatNumber(used)} of ${formatNumber(max)}`,
    size: (used: number, max: number) => `${formatBytes(used)} of ${formatBytes(max)}`,
    unbounded: (used: number) => `${formatBytes(used)}, without a limit`,
  },
  turns: {
    heading: 'Whose turn it is',
    hint: 'A sender with more than 32 pictures in the queue takes turns with others like it, so a burst holds up nobody who sends a few.',
    at_once: 'Next: single pictures, as they came',
    in_turns: 'Then: bursts of single senders, in turns',
    batches: 'Then: batches, in turns',
    again: 'After a pause: another try',
    jobs: (count: number) => (count === 1 ? '1 job' : `${formatNumber(count)} jobs`),
  },
  refused: {
    heading: 'Refused',
    none: 'No picture was refused.',
  },
  failed: {
    heading: 'Could not be read',
    none: 'Every picture was read.',
    last: 'The last of them',
    open: 'Open',
  },
  workers: {
    name: (id: string) => `Worker ${id}`,
    host: (host: string, pid: number) => `${host}, process ${pid}`,
    holds: 'Holds',
    nothing: 'nothing',
    pictures: (count: number) => (count === 1 ? '1 picture' : `${formatNumber(count)} pictures`),
    picturesFor: (count: number, ms: number) =>
      count === 1
        ? `1 picture, for ${formatLongTime(ms)}`
        : `${formatNumber(count)} pictures, for ${formatLongTime(ms)}`,
    rate: 'Rate',
    perSecond: (rate: number) => `${formatRate(rate)} a second`,
    finished: 'Read',
    memory: 'Memory',
    uptime: 'Up for',
    beat: 'Last beat',
    ago: (ms: number) => `${formatLongTime(ms)} ago`,
  },
  operate: {
    heading: 'Operate',
    enter: 'Sign in as operator',
    entering: 'Waiting for the password…',
    wrongPassword: 'The console did not take that password.',
    console: 'Console',
    actions: {
      pause: 'Pause',
      drain: 'Drain',
      resume: 'Resume',
      'retry-failed': 'Retry failed',
      purge: 'Purge…',
    } satisfies Record<ActionName, string>,
    about: {
      pause: 'Workers take nothing more. Pictures are still taken in.',
      drain: 'No picture is taken in, and what waits is read.',
      resume: 'Ends a pause and a drain.',
      'retry-failed': 'Reads again what failed by the service’s fault and is kept.',
      purge: 'Cancels everything that waits.',
    } satisfies Record<ActionName, string>,
    sure: (pictures: number) =>
      pictures === 1
        ? 'Cancel the 1 picture that is in the queue? This cannot be taken back.'
        : `Cancel what waits of the ${formatNumber(pictures)} pictures in the queue? This cannot be taken back.`,
    confirm: 'Cancel all that wait',
    keep: 'Keep them',
    done: ({ action, count }: ActionDone) => {
      const n = count ?? 0;
      switch (action) {
        case 'pause':
          return 'Paused. Workers finish what they hold.';
        case 'drain':
          return 'Draining. No picture is taken in.';
        case 'resume':
          return 'Pictures are taken in and read.';
        case 'purge':
          return n === 1
            ? '1 picture that waited is canceled.'
            : `${formatNumber(n)} pictures that waited are canceled.`;
        case 'retry-failed':
          return n === 1 ? '1 picture is read again.' : `${formatNumber(n)} pictures are read again.`;
      }
    },
    audit: 'What operators did',
    nobody: 'Nothing yet.',
    entry: (by: string, at: Date) => `${by}, ${formatDate(at)}`,
  },
};
