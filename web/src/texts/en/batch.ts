import type { Upload } from '../../state/prediction/tracked-prediction.ts';
import { formatBytes, formatLongTime, formatNumber } from '../formats.ts';

/** The place of pictures that came together. */
export const batch = {
  heading: (count: number) => (count === 1 ? '1 picture' : `${formatNumber(count)} pictures`),
  loading: 'Fetching the pictures…',
  standings: {
    check: (count: number) => `${formatNumber(count)} to check`,
    'no-digit': (count: number) => `${formatNumber(count)} without a digit`,
    'no-picture': (count: number) =>
      count === 1 ? '1 not a picture' : `${formatNumber(count)} not pictures`,
    failed: (count: number) => `${formatNumber(count)} failed`,
    unsent: (count: number) => `${formatNumber(count)} not sent`,
    canceled: (count: number) => `${formatNumber(count)} canceled`,
    read: (count: number) => `${formatNumber(count)} read`,
    open: (count: number) => `${formatNumber(count)} to come`,
  },
  all: (count: number) => `All ${formatNumber(count)}`,
  filters: 'Which pictures to show',
  queued: 'In the queue. Your place is kept.',
  sending: ({ sent, total }: Upload) => `${formatBytes(sent)} of ${formatBytes(total)} sent.`,
  timeLeft: (ms: number) => `About ${formatLongTime(ms)} left.`,
  ended: (count: number, failed: number, doubtful: number) =>
    [
      `All ${formatNumber(count)} pictures are done.`,
      failed > 0 ? `${formatNumber(failed)} could not be read.` : '',
      doubtful > 0 ? `${formatNumber(doubtful)} to check.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  unsentNote:
    'What was not sent is gone from this page: only the tab in which pictures were chosen can send them. Choose them again.',
  leftOut: (count: number, max: number) =>
    `${count === 1 ? '1 picture was' : `${formatNumber(count)} pictures were`} left out: ${formatNumber(max)} go together at most. Send the rest afterwards.`,
  actions: 'What to do with all pictures',
  download: 'Download CSV',
  print: 'Print',
  retry: (count: number) => (count === 1 ? 'Try 1 again' : `Try ${formatNumber(count)} again`),
  cancel: 'Cancel the rest',
  view: { label: 'View', cards: 'Cards', table: 'Table' },
  order: { label: 'Order', doubtful: 'Doubtful first', sent: 'As sent' },
  nothing: 'No picture fits.',
  pictures: 'Pictures',
  unnamed: (place: number) => `Picture ${formatNumber(place)}`,
  noDigit: 'No digit',
  byHand: 'Set by you',
  card: (read: string, state: string, name: string) => `${read}, ${state}, ${name}`,
  /** As it stands on the card: people who speak to their browser name what they see. */
  cardUnread: (state: string, name: string) => `${state} ${name}`,
  columns: { name: 'File', read: 'Read as', sure: 'How sure', place: 'No.', picture: 'Picture' },
  viewer: {
    of: (place: number, count: number) => `${formatNumber(place)} of ${formatNumber(count)}`,
    previous: 'Previous picture',
    next: 'Next picture',
    question: 'What does it show?',
    keys: (digit: number) => `It shows a ${digit}`,
    number: 'Number',
    undo: 'As it was read',
    undoNone: 'Take that back',
    open: 'Its own page',
    hint: 'Keys: ← → to the next picture, 0 to 9 set the digit.',
    feedback: 'Also sent to the service as feedback.',
    spoken: (label: string, place: number, count: number) =>
      `${label}. ${formatNumber(place)} of ${formatNumber(count)}.`,
  },
  report: { title: 'Handwritten digits, as read by Inkqueue' },
  history: {
    heading: 'Pictures that came together',
    remove: (count: number, when: string) => `Delete ${formatNumber(count)} pictures, ${when}`,
  },
};
